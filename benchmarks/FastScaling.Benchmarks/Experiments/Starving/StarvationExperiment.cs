using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Experiments.Starving;

/// <summary>
/// Starves the thread pool of a service that publishes twice over: by the exporter, and by a timer with HttpClient. Both
/// live in the same process at the same time, so that they meet the same starvation.
/// </summary>
internal static class StarvationExperiment
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task<StarvationOutcome> RunAsync(TimeSpan exportInterval, TimeSpan duration)
    {
        await using var arrivals = await Arrivals.StartAsync();
        await using var conventional = await CallBook.StartAsync();
        using var service = await ServiceProcess.StartAsync(new ServiceSetup(arrivals.Endpoint, false, exportInterval, conventional.Url));
        await using var load = new PacedLoad(service.Url, Pace);

        // Both have sent on connections of theirs by then.
        await Task.Delay((exportInterval * 2) + TimeSpan.FromSeconds(2));
        var saturation = await service.SaturateAsync(duration);
        await Task.Delay((exportInterval * 2) + TimeSpan.FromSeconds(2));
        await load.EndAsync();

        var (begin, end) = (saturation.Begin, saturation.End);
        var ages = arrivals.Seconds
            .Where(each => each.Second >= begin && each.Second.AddSeconds(1) <= end)
            .Select(static each => (each.ArrivedAt - each.Second.AddSeconds(1)).TotalSeconds)
            .ToArray();
        return new StarvationOutcome(
            exportInterval.TotalSeconds,
            (end - begin).TotalSeconds,
            saturation.LongestTaskRunSeconds,
            CallSchedule.Of(arrivals.Calls, begin, end),
            CallSchedule.Of(conventional.Calls, begin, end),
            ages.Length,
            (int)((end - begin).TotalSeconds - 1),
            ages.DefaultIfEmpty(double.NaN).Max());
    }
}
