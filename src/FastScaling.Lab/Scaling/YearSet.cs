using System.Globalization;

namespace FastScaling.Lab.Scaling;

/// <summary>The year field of a cron expression: *, single years, ranges, lists and steps, from 1970 to 2199. The library of cron expressions has none.</summary>
internal sealed class YearSet
{
    private const int First = 1970;
    private const int Last = 2199;

    private readonly SortedSet<int> _years;

    private YearSet(SortedSet<int> years)
    {
        _years = years;
    }

    /// <summary>Null for every year.</summary>
    /// <exception cref="FormatException">The text names no years.</exception>
    public static YearSet? Parse(string text)
    {
        if (text is "*" or "?")
        {
            return null;
        }

        var years = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var step = part.Split('/');
            var range = (step[0] == "*" ? $"{First}-{Last}" : step[0]).Split('-');
            var from = Year(range[0]);
            var to = range.Length > 1 ? Year(range[1]) : step.Length > 1 ? Last : from;
            var by = step.Length > 1 ? Number(step[1]) : 1;
            if (step.Length > 2 || range.Length > 2 || to < from || by < 1)
            {
                throw Bad();
            }

            years.UnionWith(Enumerable.Range(from, to - from + 1).Where(year => (year - from) % by == 0));
        }

        return new YearSet(years);
    }

    /// <summary>The first of the years that is not before this one, or null.</summary>
    public int? FirstFrom(int year)
    {
        foreach (var next in _years)
        {
            if (next >= year)
            {
                return next;
            }
        }

        return null;
    }

    private static int Year(string text) => Number(text) is >= First and <= Last and var year ? year : throw Bad();

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad();

    private static FormatException Bad() => new("The year must be from 1970 to 2199: single years, ranges, lists or steps.");
}
