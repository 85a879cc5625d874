using System.Globalization;

namespace FastScaling.Benchmarks.Soak;

/// <summary>Holds the books of a soak run against each other, and its last quarter against the second.</summary>
internal static class SoakJudge
{
    /// <summary>What resident memory may gain: a part, and some bytes.</summary>
    public const double ResidentGrowth = 1.10;

    /// <summary>What the live managed heap may gain: requests that run when it is measured are in it.</summary>
    public const double HeapGrowth = 1.25;

    /// <summary>Bytes that resident memory may gain beyond its part.</summary>
    public const long MoreBytes = 8 * 1024 * 1024;

    /// <summary>Bytes that the live managed heap may gain beyond its part.</summary>
    public const long MoreHeapBytes = 1024 * 1024;

    /// <summary>Handles, and threads, that may be more.</summary>
    public const int MoreOfThem = 5;

    private const string Rate = "RequestsPerSecond";
    private const string Duration = "ResponseTime";

    // What was lost in a call shows only when the call would have been over.
    private const int SecondsAfterLoss = 10;

    private static readonly SoakFault[] Losing = [SoakFault.Hang, SoakFault.Cut, SoakFault.Garbage];

    public static IReadOnlyList<SoakCheck> Check(SoakOutcome outcome) =>
        [.. outcome.Services.SelectMany(service => Books(outcome, service)), .. Gaps(outcome), .. Flatness(outcome.Samples)];

    /// <summary>The middle of a figure in a part of the run.</summary>
    public static double Median(IEnumerable<ProcessSample> samples, double from, double to, Func<ProcessSample, double> figure)
    {
        var values = samples.Where(sample => sample.Moment >= from && sample.Moment < to).Select(figure).Order().ToArray();
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }

    private static IEnumerable<SoakCheck> Books(SoakOutcome outcome, SoakService service)
    {
        var (book, series) = (service.Book, Series(outcome, service.Name));
        var points = series.SelectMany(static each => each.Points.Select(point => (each.Metric, point.Second, point.Count))).ToList();
        var twice = points.GroupBy(static point => (point.Metric, point.Second)).Count(static group => group.Count() > 1)
            + points.Count(static point => point.Metric != Duration && point.Count > 1);
        var accounted = book.Accepted + book.Unknown + book.Dropped + book.PendingData;
        yield return Equal($"{service.Name}: last book written after the last call", book.IsFinal ? 1 : 0, 1);
        yield return Equal($"{service.Name}: requests in {Rate} = requests served", series.Where(static each => each.Metric == Rate).Sum(static each => each.Points.Sum(static point => point.Sum)), book.EndedRequests);
        yield return Equal($"{service.Name}: requests in {Duration} = requests served", series.Where(static each => each.Metric == Duration).Sum(static each => each.Points.Sum(static point => point.Count)), book.EndedRequests);
        yield return Equal($"{service.Name}: data that came in = accepted + unknown", points.Count, book.Accepted + book.Unknown);
        yield return Equal($"{service.Name}: accepted + unknown + dropped + pending = sampled", accounted, book.SampledData);
        yield return Equal($"{service.Name}: data that came twice", twice, 0);
        yield return Equal($"{service.Name}: data dropped or left", book.Dropped + book.PendingData, 0);
        yield return Equal($"{service.Name}: seconds that were not sampled", book.GapSamples, 0);
    }

    private static IEnumerable<SoakCheck> Gaps(SoakOutcome outcome)
    {
        yield return Equal("calls that CloudWatch itself refused", outcome.Books.Sum(static book => book.Refusals.Count), 0);
        foreach (var service in outcome.Services)
        {
            var all = Seconds(outcome, service.Name, static _ => true);
            var held = Seconds(outcome, service.Name, static series => !series.IsLost);
            if (held.Count == 0)
            {
                yield return Equal($"{service.Name}: whether it published anything", 0, 1);
                continue;
            }

            var missing = Enumerable.Range(0, (int)(all[^1] - all[0])).Select(second => all[0] + second).Except(held).ToHashSet();
            yield return Equal($"{service.Name}: seconds without a sample, of those sent", all[^1] - all[0] + 1 - all.Count, 0);
            yield return Equal($"{service.Name}: longest gap in CloudWatch outside of hangs, cuts and garbage, s", Longest(missing, second => !IsLosing(outcome, second)), 0);
        }
    }

    private static IEnumerable<SoakCheck> Flatness(IReadOnlyList<ProcessSample> samples)
    {
        yield return Flat("resident memory, MB", static sample => sample.ResidentBytes / 1048576.0, ResidentGrowth, MoreBytes / 1048576.0);
        yield return Flat("live managed heap, MB", static sample => sample.HeapBytes / 1048576.0, HeapGrowth, MoreHeapBytes / 1048576.0);
        yield return Flat("open handles", static sample => sample.Handles, 1, MoreOfThem);
        yield return Flat("threads", static sample => sample.Threads, 1, MoreOfThem);

        SoakCheck Flat(string name, Func<ProcessSample, double> figure, double factor, double more)
        {
            var (early, late) = (Median(samples, 0.25, 0.5, figure), Median(samples, 0.75, 1, figure));
            return new SoakCheck(
                $"{name}: median of the last quarter",
                string.Create(CultureInfo.InvariantCulture, $"{late:0.#}"),
                string.Create(CultureInfo.InvariantCulture, $"at most {(early * factor) + more:0.#} (second quarter: {early:0.#})"),
                late <= (early * factor) + more);
        }
    }

    private static IReadOnlyList<HeldSeries> Series(SoakOutcome outcome, string service) =>
        [.. outcome.Books.SelectMany(static book => book.Series).Where(series => series.Service == service)];

    private static List<long> Seconds(SoakOutcome outcome, string service, Func<HeldSeries, bool> which) =>
        [.. Series(outcome, service).Where(series => series.Metric == Rate && which(series)).SelectMany(static series => series.Points.Select(static point => point.Second)).Distinct().Order()];

    private static int Longest(HashSet<long> missing, Func<long, bool> counts)
    {
        var longest = 0;
        foreach (var first in missing.Where(second => counts(second) && !missing.Contains(second - 1)))
        {
            var length = 1;
            while (missing.Contains(first + length))
            {
                length++;
            }

            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static bool IsLosing(SoakOutcome outcome, long second)
    {
        var since = (DateTimeOffset.FromUnixTimeSeconds(second) - outcome.Begin).TotalSeconds;
        var run = outcome.Duration.TotalSeconds;

        // A call takes up to five seconds of data with it from before.
        return SoakPlan.Phases.Any(phase => Losing.Contains(phase.Fault) && since >= (phase.From * run) - SecondsAfterLoss && since <= (phase.To * run) + SecondsAfterLoss);
    }

    private static SoakCheck Equal(string name, double found, double needed) => new(
        name,
        found.ToString("0.###", CultureInfo.InvariantCulture),
        needed.ToString("0.###", CultureInfo.InvariantCulture),
        Math.Abs(found - needed) < 0.001);
}
