using System.Globalization;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

[Collection(StarvationCollection.Name)]
public sealed class HangingEndpointTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    // The exporter gives a call this share of its interval.
    private static readonly TimeSpan RequestTimeout = Interval * 0.8;

    [Fact]
    public async Task A_call_that_hangs_for_its_whole_time_out_delays_no_sample()
    {
        // A connection for every call, so that the one that hangs is as new as the others.
        var (server, samples) = await ReceivedSamples.StartAsync(new LocalCloudWatchOptions { CloseConnectionAfterReply = true });
        await using var serverLifetime = server;
        await using var relay = new HangingRelay(server.Endpoint);
        await using var host = new MeteredHost("hanging", relay.Url, Interval);
        await host.StartAsync();
        await using var load = new SteadyLoad(host.Url, TimeSpan.FromMilliseconds(50));

        // The first calls of a process are slow, and not what this is about.
        await AnswerCallsAsync(load, samples, 3);
        relay.HangOnce();
        var (sent, givenUp) = await relay.Hung.Task.WaitAsync(Interval + RequestTimeout + Margin, TestContext.Current.CancellationToken);
        await AnswerCallsAsync(load, samples, samples.Calls.Count + 2);
        var answered = await load.EndAsync();
        await host.StopAsync();

        var statistics = host.Statistics;
        var series = server.GetSeries().ToDictionary(series => series.MetricName);
        var points = series[nameof(ScalingSignals.RequestsPerSecond)].DataPoints;
        var missing = Missing(points);
        var hungAfter = samples.Calls.Last(call => call.ReceivedAt < sent).ReceivedAt;
        var next = samples.Calls.First(call => call.ReceivedAt > givenUp).ReceivedAt;
        var longestAge = samples.Ages.Where(sample => sample.Second >= samples.Calls[0].ReceivedAt).Max(sample => sample.Age);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Hung for {(givenUp - sent).TotalSeconds:0.000} s of {RequestTimeout.TotalSeconds}; {(next - hungAfter).TotalSeconds:0.000} s from the call before to the next; {missing.Count} seconds in the hung call.
            Oldest sample {longestAge.TotalSeconds:0.000} s; latest collection {statistics.LongestLateness.TotalSeconds:0.000} s; data: {statistics.SampledData} sampled, {statistics.AcceptedData} accepted, {statistics.UnknownData} unknown.
            """));

        // The call hung for all the time that it had, and the next came when it was due.
        Assert.InRange(givenUp - sent, RequestTimeout - Margin, RequestTimeout + Margin);
        Assert.InRange(next - hungAfter, (2 * Interval) - Margin, (2 * Interval) + Margin);

        // Collected in time, all of them, and sent in time but for those in the hung call.
        Assert.InRange(statistics.LongestLateness, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.InRange(longestAge, TimeSpan.MinValue, Interval + Margin);
        Assert.All(points, point => Assert.Equal(1, point.SampleCount));

        // What is missing was in the hung call, of which nobody knows what became: counted, and not sent again.
        Assert.InRange(missing.Count, 1, (int)(Interval + Margin).TotalSeconds);
        Assert.All(missing, second => Assert.InRange(second.AddSeconds(1), hungAfter - Margin, sent));
        Assert.Equal(1, statistics.Requests(SendOutcome.Unknown));
        Assert.Equal(statistics.SampledData, statistics.AcceptedData + statistics.UnknownData);
        Assert.All(Enum.GetValues<DropReason>(), reason => Assert.Equal(0, statistics.Dropped(reason)));
        Assert.Equal(
            statistics.AcceptedData,
            series.Values.Sum(signal => signal.DataPoints.Count));

        // Every request is in the sample of the second in which it ended, or in one of the missing ones.
        var published = series[nameof(ScalingSignals.ResponseTime)].DataPoints.Sum(point => point.SampleCount);
        var inMissing = host.Ended.Count(ended => missing.Any(second => ended >= second && ended < second.AddSeconds(1)));
        var atTheEdges = host.Ended.Count(ended => missing.Any(second =>
            IsWithin(ended - second, statistics.LongestLateness) || IsWithin(ended - second.AddSeconds(1), statistics.LongestLateness)));
        Assert.Equal(answered, host.Ended.Count);
        Assert.InRange(answered - published, inMissing - atTheEdges, inMissing + atTheEdges);
    }

    private static bool IsWithin(TimeSpan distance, TimeSpan lateness) => distance.Duration() <= lateness + TimeSpan.FromMilliseconds(50);

    private static async Task AnswerCallsAsync(SteadyLoad load, ReceivedSamples samples, int calls)
    {
        while (samples.Calls.Count < calls)
        {
            await load.WaitForAnswersAsync(1);
        }
    }

    private static List<DateTimeOffset> Missing(IReadOnlyList<LocalCloudWatchDataPoint> points)
    {
        var present = points.Select(point => point.Timestamp).ToHashSet();
        var missing = new List<DateTimeOffset>();
        for (var second = points[0].Timestamp; second < points[^1].Timestamp; second = second.AddSeconds(1))
        {
            if (!present.Contains(second))
            {
                missing.Add(second);
            }
        }

        return missing;
    }
}
