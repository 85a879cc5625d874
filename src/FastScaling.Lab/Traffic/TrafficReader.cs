using System.Globalization;

namespace FastScaling.Lab.Traffic;

/// <summary>
/// Reads recorded traffic: lines of <c>second,requests</c>, with or without a header. The first column is seconds (of any epoch) or ISO 8601
/// times, in rising order; columns after the second are passed over. Comma, semicolon and tab separate.
/// </summary>
internal static class TrafficReader
{
    /// <summary>Holes up to this length are seconds without a request; longer ones are holes in the recording. Seconds.</summary>
    public const int DefaultLongestSilence = 5;

    private const int MeanSeconds = 60;
    private const int MaxLineLength = 1000;

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <param name="reader">The file.</param>
    /// <param name="name">What a report calls it.</param>
    /// <param name="longestSilence">
    /// Seconds without a line, or with 0 requests, up to this number in a row are silence; more are masked. Null masks only seconds without a line.
    /// </param>
    /// <exception cref="TrafficException">The file is wrong.</exception>
    public static TrafficProfile Read(TextReader reader, string name, int? longestSilence = DefaultLongestSilence)
    {
        var counts = new List<int>();
        var isThere = new List<bool>();
        double? first = null;
        DateTimeOffset? start = null;
        var number = 0;
        var separator = ',';
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            if (line.Length > MaxLineLength)
            {
                throw new TrafficException(number, 1, $"The line has {line.Length} characters; this is no traffic file.");
            }

            if (first is null)
            {
                separator = Separators.FirstOrDefault(candidate => line.Contains(candidate, StringComparison.Ordinal), ',');
            }

            var cells = line.Split(separator);
            if (cells.Length < 2)
            {
                throw new TrafficException(number, 1, "The line has one column; needed are a second and a number of requests.");
            }

            if (TimeOf(cells[0], out var isDate) is not { } time)
            {
                // The first line may be a header.
                if (first is null && counts.Count == 0 && !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    continue;
                }

                throw new TrafficException(number, 1, $"'{Shorten(cells[0])}' is neither a second nor a time such as 2026-01-31T12:00:00Z.");
            }

            if (first is null)
            {
                first = time;
                start = isDate ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(time)) : null;
            }

            Add(counts, isThere, time - first.Value, RequestsOf(cells, number), number);
        }

        return counts.Count == 0
            ? throw new TrafficException(Math.Max(1, number), 1, "The file has no traffic.")
            : Mask(name, counts, isThere, longestSilence) with { Start = start };
    }

    private static void Add(List<int> counts, List<bool> isThere, double offset, int requests, int line)
    {
        var second = Math.Floor(offset);
        if (second < counts.Count - 1 || second < 0)
        {
            throw new TrafficException(line, 1, "The times must rise.");
        }

        if (second >= TrafficProfile.MaxSeconds)
        {
            throw new TrafficException(line, 1, $"More than a week ({TrafficProfile.MaxSeconds} seconds) of traffic is not supported.");
        }

        while (counts.Count <= second)
        {
            counts.Add(0);
            isThere.Add(false);
        }

        // Several lines of one second add up.
        counts[^1] = (int)Math.Min(int.MaxValue, (long)counts[^1] + requests);
        isThere[^1] = true;
    }

    private static double? TimeOf(string cell, out bool isDate)
    {
        isDate = false;
        var text = cell.Trim().Trim('"');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            return seconds;
        }

        isDate = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        return isDate
            ? time.ToUnixTimeMilliseconds() / 1000.0
            : null;
    }

    private static int RequestsOf(string[] cells, int line)
    {
        var text = cells[1].Trim().Trim('"');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= int.MaxValue
            ? (int)Math.Round(value)
            : throw new TrafficException(line, cells[0].Length + 2, $"'{Shorten(text)}' is not a number of requests from 0 up.");
    }

    private static TrafficProfile Mask(string name, List<int> counts, List<bool> isThere, int? longestSilence)
    {
        var masked = new bool[counts.Count];
        var values = counts.ToArray();
        for (var start = 0; start < values.Length;)
        {
            var end = start;
            while (end < values.Length && values[end] == 0)
            {
                end++;
            }

            var isMissing = longestSilence is null && Enumerable.Range(start, end - start).Any(second => !isThere[second]);
            if (isMissing || end - start > longestSilence)
            {
                var from = Math.Max(0, start - MeanSeconds);
                var mean = start == from ? 0 : (int)Math.Round(values[from..start].Average());
                for (var second = start; second < end; second++)
                {
                    masked[second] = longestSilence is not null || !isThere[second];
                    values[second] = masked[second] ? mean : 0;
                }
            }

            start = Math.Max(end, start + 1);
        }

        return new TrafficProfile(name, values, masked.AsSpan().Contains(true) ? masked : []);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
