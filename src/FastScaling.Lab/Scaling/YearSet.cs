using System.Globalization;

namespace FastScaling.Lab.Scaling;

/// <summary>The year field of a cron expression: *, single years, ranges, lists and steps, from 1970 to 2199.</summary>
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
            var range = step[0].Split('-');
            var from = step[0] == "*" ? First : Year(range[0]);
            var to = step[0] == "*" ? Last : range.Length > 1 ? Year(range[1]) : step.Length > 1 ? Last : from;
            var by = step.Length > 1 ? Number(step[1]) : 1;
            if (step.Length > 2 || range.Length > 2 || to < from || by < 1)
            {
                throw Bad();
            }

            for (var year = from; year <= to; year += by)
            {
                years.Add(year);
            }
        }

        return new YearSet(years);
    }

    public bool Contains(int year) => _years.Contains(year);

    public int? NextAfter(int year)
    {
        foreach (var next in _years)
        {
            if (next > year)
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
