using System.Globalization;
using Cronos;

namespace FastScaling.Lab.Scaling;

/// <summary>
/// When a scheduled action runs: at(yyyy-mm-ddThh:mm:ss), rate(value unit), or cron(minutes hours day-of-month month day-of-week year) with the
/// days of the week counted from 1, Sunday. In UTC unless a time zone is given.
/// </summary>
internal sealed class Schedule
{
    private readonly DateTimeOffset? _at;
    private readonly TimeSpan _rate;
    private readonly CronExpression? _cron;
    private readonly YearSet? _years;
    private readonly TimeZoneInfo _zone;

    private Schedule(string text, string? zoneName, TimeZoneInfo zone, DateTimeOffset? at, TimeSpan rate, CronExpression? cron, YearSet? years)
    {
        Text = text;
        ZoneName = zoneName;
        _zone = zone;
        _at = at;
        _rate = rate;
        _cron = cron;
        _years = years;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>As it was given; null for UTC.</summary>
    public string? ZoneName { get; }

    /// <exception cref="FormatException">The text is no schedule; the message says why.</exception>
    public static Schedule Parse(string text, string? zoneName = null)
    {
        var zone = TimeZoneInfo.Utc;
        if (zoneName is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out zone!))
        {
            throw new FormatException($"The time zone '{zoneName}' is not known.");
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')'))
        {
            throw Bad(text);
        }

        var body = text[(open + 1)..^1].Trim();
        return text[..open] switch
        {
            "at" => new Schedule(text, zoneName, zone, At(text, body, zone), default, null, null),
            "rate" => new Schedule(text, zoneName, zone, null, Rate(text, body), null, null),
            "cron" => Cron(text, body, zoneName, zone),
            _ => throw Bad(text),
        };
    }

    /// <summary>The first time after <paramref name="after"/>; a rate counts from <paramref name="origin"/>. Null for never.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after, DateTimeOffset origin)
    {
        if (_at is { } at)
        {
            return at > after ? at : null;
        }

        if (_cron is null)
        {
            return after < origin ? origin : origin + ((((after - origin).Ticks / _rate.Ticks) + 1) * _rate);
        }

        var next = _cron.GetNextOccurrence(after, _zone);
        while (next is { } time && _years is not null)
        {
            var year = TimeZoneInfo.ConvertTime(time, _zone).Year;
            if (_years.FirstFrom(year) is not { } first)
            {
                return null;
            }

            if (first == year)
            {
                break;
            }

            var newYear = new DateTime(first, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
            next = _cron.GetNextOccurrence(new DateTimeOffset(newYear, _zone.GetUtcOffset(newYear)), _zone, inclusive: true);
        }

        return next;
    }

    private static DateTimeOffset At(string text, string body, TimeZoneInfo zone) =>
        DateTime.TryParseExact(body, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime()
            : throw Bad(text);

    private static TimeSpan Rate(string text, string body)
    {
        var parts = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 1_000_000)
        {
            throw Bad(text);
        }

        return parts[1] switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(value),
            "hour" or "hours" => TimeSpan.FromHours(value),
            "day" or "days" => TimeSpan.FromDays(value),
            _ => throw Bad(text),
        };
    }

    private static Schedule Cron(string text, string body, string? zoneName, TimeZoneInfo zone)
    {
        var fields = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
        {
            throw new FormatException($"The schedule '{text}' must have six fields: minutes, hours, day of month, month, day of week and year.");
        }

        try
        {
            var weekday = DaysOfWeek(fields[4]);
            var cron = CronExpression.Parse(string.Join(' ', fields[0], fields[1], fields[2], fields[3], weekday));
            return new Schedule(text, zoneName, zone, null, default, cron, YearSet.Parse(fields[5]));
        }
        catch (FormatException e)
        {
            throw new FormatException($"The schedule '{text}' is not valid: {e.Message}", e);
        }
    }

    // AWS counts the days of the week from 1, the library from 0; the number after # is a count and not a day.
    private static string DaysOfWeek(string field)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            var isDay = char.IsAsciiDigit(field[i]) && (i == 0 || field[i - 1] is not ('#' or '/'));
            if (isDay && (field[i] is < '1' or > '7' || (i + 1 < field.Length && char.IsAsciiDigit(field[i + 1]))))
            {
                throw new FormatException("The day of the week must be from 1 (Sunday) to 7.");
            }

            result.Append(isDay ? (char)(field[i] - 1) : field[i]);
        }

        return result.ToString();
    }

    private static FormatException Bad(string text) => new(
        $"The schedule '{text}' is not valid: at(yyyy-mm-ddThh:mm:ss), rate(value minutes|hours|days) or cron(minutes hours day-of-month month day-of-week year).");
}
