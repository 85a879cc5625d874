using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Experiments.Outage;

/// <summary>Takes CloudWatch away from a service that serves 200 requests a second, and gives it back.</summary>
internal static class OutageExperiment
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    // A short interval makes a minute worth several: as many calls fail as in five minutes of the default.
    private static readonly TimeSpan ExportInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestReturn = TimeSpan.FromSeconds(45);

    public static async Task<OutageOutcome> RunAsync(OutageKind kind, TimeSpan duration)
    {
        await using var arrivals = await Arrivals.StartAsync();
        await using var relay = new FaultyRelay(arrivals.Endpoint);
        using var service = await ServiceProcess.StartAsync(new ServiceSetup(relay.Url, false, ExportInterval, null));
        await using var load = new PacedLoad(service.Url, Pace);

        await Task.Delay(WarmUp);
        var calm = DateTimeOffset.UtcNow;
        await Task.Delay(Calm);
        var begin = DateTimeOffset.UtcNow;
        var before = await service.StateAsync(collect: true);

        await relay.BecomeAsync(kind);
        var cut = DateTimeOffset.UtcNow;
        await Task.Delay(duration);
        var end = DateTimeOffset.UtcNow;
        var atEnd = await service.StateAsync(collect: true);

        await relay.BecomeAsync(OutageKind.None);
        var back = DateTimeOffset.UtcNow;
        var current = await CurrentAgainAsync(arrivals, back);

        // The backlog follows what is current.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await load.EndAsync();
        var after = await service.StateAsync(collect: true);
        return new OutageOutcome(
            kind,
            (end - cut).TotalSeconds,
            before,
            atEnd,
            after,
            LatencySummary.Of(load.Latencies(calm, begin)),
            LatencySummary.Of(load.Latencies(cut, end)),
            current,
            LostSeconds(arrivals, cut, end));
    }

    private static async Task<double?> CurrentAgainAsync(Arrivals arrivals, DateTimeOffset back)
    {
        while (DateTimeOffset.UtcNow - back < LongestReturn)
        {
            foreach (var (second, arrivedAt) in arrivals.Seconds)
            {
                if (arrivedAt >= back && arrivedAt - second.AddSeconds(1) < TimeSpan.FromSeconds(2))
                {
                    return (arrivedAt - back).TotalSeconds;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        return null;
    }

    private static int LostSeconds(Arrivals arrivals, DateTimeOffset from, DateTimeOffset to)
    {
        var there = arrivals.Seconds.Select(static each => each.Second.ToUnixTimeSeconds()).ToHashSet();
        var first = from.ToUnixTimeSeconds() + 1;
        return Enumerable.Range(0, (int)Math.Max(0, to.ToUnixTimeSeconds() - first)).Count(i => !there.Contains(first + i));
    }
}
