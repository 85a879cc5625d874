using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class StoreBoundsTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_call_that_would_pass_the_most_series_is_throttled_as_a_whole()
    {
        var store = new MetricStore(_clock, maximumSeries: 3);
        Put(store, "a", "b");

        var error = Assert.Throws<CloudWatchException>(() => Put(store, "c", "d"));
        Put(store, "a", "b", "c");

        Assert.Equal("Throttling", error.Code);
        Assert.Contains("at most 3 series", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], store.Snapshot().Select(series => series.MetricName));
    }

    [Fact]
    public void Series_whose_data_have_expired_make_room()
    {
        var store = new MetricStore(_clock, maximumSeries: 2);
        Put(store, "a", "b");
        _clock.Now += TimeSpan.FromDays(15) + TimeSpan.FromMinutes(1);

        Put(store, "c", "d");

        Assert.Equal(["c", "d"], store.Snapshot().Select(series => series.MetricName));
    }

    [Fact]
    public void Data_points_and_values_are_bounded_too_and_expire()
    {
        var store = new MetricStore(_clock, maximumWeight: 8);
        Put(store, "a", "b");
        _clock.Now += TimeSpan.FromSeconds(1);
        Put(store, "a", "b");

        Assert.Equal("Throttling", Assert.Throws<CloudWatchException>(() => Put(store, "a")).Code);

        // After three hours the seconds become minutes, which are fewer.
        _clock.Now += TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1);
        Put(store, "c");

        Assert.Equal(["a", "b", "c"], store.Snapshot().Select(series => series.MetricName));
    }

    [Fact]
    public void Ten_hours_of_a_fleet_are_bounded_by_retention()
    {
        // Five tasks with six signals a second, in calls of five seconds.
        MetricIdentity[] metrics = [.. Enumerable.Range(0, 6).Select(static i => new MetricIdentity("Tests", $"m{i}", [new("ServiceName", "shop")]))];
        var model = new CloudWatchModel();
        var weights = new List<long>();
        var put = 0L;
        for (var second = 0; second < 36_000; second += 5)
        {
            for (var task = 0; task < 5; task++)
            {
                var now = TestClock.Noon.AddSeconds(second + 5);
                model.Put(now, [.. metrics.SelectMany(metric => Enumerable.Range(second, 5).Select(
                    each => new Sample(metric, "Count", 1, TestClock.Noon.AddSeconds(each).ToUnixTimeSeconds(), Aggregate.OfValue(each % 7))))]);
                put += 30;
            }

            if (second % 3600 == 0)
            {
                weights.Add(model.Store.Weight);
            }
        }

        // Three hours by the second, two entries each (a point, a value); all older ones by the minute, ten entries at most.
        const long Most = 6 * ((3 * 3600 * 2) + (10 * 600) + 200);
        Assert.InRange(weights[^1], 1, Most);
        Assert.InRange(weights[^1] - weights[5], 0, 6 * 4 * 60 * 10);
        Assert.Equal(put, model.Store.Snapshot().Count > 0 ? metrics.Sum(metric => model.Store
            .Read(metric, null, 0, long.MaxValue / 2, 3600, withValues: false).Sum(static stream => stream.Buckets.Sum(static bucket => bucket.SampleCount))) : 0);
    }

    private void Put(MetricStore store, params string[] names) => new MetricOperations(new CloudWatchModel(clock: _clock, store: store), _clock).Answer(new PutMetricDataRequest(
        "Tests", [.. names.Select(static name => new MetricDatumInput { MetricName = name, Value = 1, StorageResolution = 1 })], false));
}
