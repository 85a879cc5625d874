using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Requests;
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

    private void Put(MetricStore store, params string[] names) => new MetricOperations(new CloudWatchModel(clock: _clock, store: store), _clock).Answer(new PutMetricDataRequest(
        "Tests", [.. names.Select(static name => new MetricDatumInput { MetricName = name, Value = 1, StorageResolution = 1 })], false));
}
