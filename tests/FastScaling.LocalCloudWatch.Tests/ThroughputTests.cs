using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class ThroughputTests
{
    /// <summary>The small form of the experiment "local-cloudwatch" of the benchmarks: it shows that nothing is lost, not how quick it is.</summary>
    [Fact]
    public async Task Many_publishers_at_once_lose_no_datum()
    {
        const int Publishers = 8;
        const int Calls = 50;
        const int Data = 25;
        await using var local = await Local.StartAsync();
        var bodies = Enum.GetValues<Wire>().ToDictionary(wire => wire, wire => Local.Body(
            wire, "PutMetricData", Support.Data.Put([.. Enumerable.Range(0, Data).Select(i => Support.Data.Datum(i, name: $"m{i % 5}"))])));

        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
        {
            var wire = (Wire)(publisher % bodies.Count);
            for (var i = 0; i < Calls; i++)
            {
                var reply = await local.SendAsync(wire, "PutMetricData", bodies[wire], gzip: i % 2 == 0);
                Assert.True(reply.IsOk, reply.Message);
            }
        })));

        var series = local.Server.GetSeries();
        Assert.Equal(5, series.Count);
        Assert.Equal(Publishers * Calls * Data, series.Sum(each => each.DataPoints.Sum(point => point.SampleCount)));
        Assert.Equal(Publishers * Calls * (24 * 25 / 2), series.Sum(each => each.DataPoints.Sum(point => point.Sum)));
        Assert.Equal(Publishers * Calls, local.Server.AcceptedCalls);
    }
}
