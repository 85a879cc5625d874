using FastScaling.Lab.Replay;
using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Reports;

/// <summary>A chart of the page: one or more lines over the time of a replay.</summary>
internal sealed record Chart(string Title, IReadOnlyList<ChartSeries> Series)
{
    // More points than a screen has columns say nothing more.
    private const int MaxPoints = 1800;

    private const int Colors = 5;

    public static int SecondsPerPoint(int seconds) => Math.Max(1, (seconds + MaxPoints - 1) / MaxPoints);

    public static IReadOnlyList<Chart> All(ReplayResult result)
    {
        var step = SecondsPerPoint(result.Traffic.Seconds);
        var traffic = result.Traffic.Requests;
        var load = new ChartSeries("requests", 0, false, false, [.. Enumerable.Range(0, (traffic.Count + step - 1) / step)
            .Select(point => (double)traffic.Skip(point * step).Take(step).Max())]);
        return
        [
            new Chart("Requests a second, and what the healthy tasks could serve", [load, .. Lines(result, step, "could serve", false, points => points.Min(point => point.Capacity))]),
            new Chart("Tasks: desired, and healthy (dashed)",
            [
                .. Lines(result, step, "desired", false, points => points.Max(point => point.Desired), isStepped: true),
                .. Lines(result, step, "healthy", true, points => points.Min(point => point.Healthy), isStepped: true),
            ]),
            new Chart("Mean response time in the second, ms", Lines(result, step, "response time", false, points => points.Max(point => point.ResponseMilliseconds))),
            new Chart("Requests that wait, and tries lost (dashed)",
            [
                .. Lines(result, step, "waiting", false, points => points.Max(point => point.Queued)),
                .. Lines(result, step, "lost", true, points => points.Sum(point => point.Lost)),
            ]),
        ];
    }

    private static IReadOnlyList<ChartSeries> Lines(
        ReplayResult result, int step, string label, bool isDashed, Func<IReadOnlyList<SimulationPoint>, double> value, bool isStepped = false) =>
        [.. result.Outcomes.Select((outcome, index) => new ChartSeries(
            $"{outcome.Variant.Name}: {label}", 1 + (index % Colors), isDashed, isStepped, [.. outcome.Result.Series.Chunk(step).Select(points => Math.Round(value(points), 2))]))];
}
