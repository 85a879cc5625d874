using System.Globalization;
using CsCheck;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>The statistics against a second computation that knows no buckets, merges or sorted arrays: it keeps every single sample in a list.</summary>
public sealed class StatisticsPropertyTests
{
    private static readonly int[] Periods = [1, 5, 10, 20, 30, 60, 120, 300];

    private static readonly DateTimeOffset Start = TestClock.Noon.AddMinutes(-10);

    private static readonly Gen<MetricDatumInput> Datum = Gen.Select(
        Gen.Int[0, 599],
        Gen.Double[0, 50].Select(Math.Round).Array[1, 6],
        Gen.Int[1, 4].Array[6],
        Gen.Int[0, 2],
        (second, values, counts, form) => new MetricDatumInput
        {
            MetricName = "m",
            StorageResolution = 1,
            Timestamp = Start.AddSeconds(second),
            Value = form == 0 ? values[0] : null,
            Values = form == 0 ? [] : values,
            Counts = form == 2 ? [.. counts.Take(values.Length).Select(static count => (double)count)] : [],
        });

    [Fact]
    public void Every_statistic_equals_that_of_the_single_samples() =>
        Gen.Select(Datum.Array[1, 60], Gen.Int[0, Periods.Length - 1].Select(i => Periods[i]), Gen.Int[0, 10_000]).Sample((data, period, hundredths) =>
        {
            var percent = hundredths / 100m;
            var percentile = string.Create(CultureInfo.InvariantCulture, $"p{percent}");
            var operations = Operations();
            Assert.IsType<PutMetricDataReply>(operations.Answer(new PutMetricDataRequest("Tests", data, false)));

            var reply = (GetMetricStatisticsReply)operations.Answer(Query(period, percentile));

            var expected = data
                .GroupBy(datum => Floor(datum.Timestamp!.Value.ToUnixTimeSeconds(), period))
                .ToDictionary(group => group.Key, group => group.SelectMany(Samples).Order().ToArray());
            Assert.Equal(expected.Keys.Order(), reply.Datapoints.Select(point => point.Timestamp.ToUnixTimeSeconds()));
            foreach (var point in reply.Datapoints)
            {
                var samples = expected[point.Timestamp.ToUnixTimeSeconds()];
                var actual = point.Statistics.Concat(point.ExtendedStatistics).ToDictionary();
                Assert.Equal(samples.Length, actual["SampleCount"]);
                Assert.Equal(samples.Sum(), actual["Sum"], 6);
                Assert.Equal(samples.Average(), actual["Average"], 6);
                Assert.Equal(samples[0], actual["Minimum"]);
                Assert.Equal(samples[^1], actual["Maximum"]);
                Assert.Equal(samples[0], actual["p0"]);
                Assert.Equal(NearestRank(samples, percent), actual[percentile]);
                Assert.Equal(samples[^1], actual["p100"]);
            }
        }, iter: Depth.Of(300));

    [Fact]
    public void Data_in_any_order_and_any_split_give_the_same_series() =>
        Gen.Select(Datum.Array[2, 40], Gen.Int[1, 39], Gen.Int).Sample((data, split, seed) =>
        {
            var whole = new MetricStore(new TestClock());
            var parts = new MetricStore(new TestClock());
            var shuffled = (MetricDatumInput[])data.Clone();
            new Random(seed).Shuffle(shuffled);

            new MetricOperations(new CloudWatchModel(clock: new TestClock(), store: whole), new TestClock()).Answer(new PutMetricDataRequest("Tests", data, false));
            foreach (var part in shuffled.Chunk(split))
            {
                new MetricOperations(new CloudWatchModel(clock: new TestClock(), store: parts), new TestClock()).Answer(new PutMetricDataRequest("Tests", part, false));
            }

            var expected = whole.Snapshot().Single().DataPoints;
            var actual = parts.Snapshot().Single().DataPoints;
            Assert.Equal(
                expected.Select(point => (point.Timestamp, point.SampleCount, point.Sum, point.Minimum, point.Maximum, string.Join(';', point.Distribution))),
                actual.Select(point => (point.Timestamp, point.SampleCount, point.Sum, point.Minimum, point.Maximum, string.Join(';', point.Distribution))));
        }, iter: Depth.Of(200));

    private static MetricOperations Operations()
    {
        var clock = new TestClock();
        return new MetricOperations(new CloudWatchModel(clock: clock), clock);
    }

    private static GetMetricStatisticsRequest Query(int period, string percentile) => new()
    {
        Namespace = "Tests",
        MetricName = "m",
        StartTime = Start,
        EndTime = TestClock.Noon,
        Period = period,
        Statistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"],
        ExtendedStatistics = ["p0", percentile, "p100"],
    };

    private static IEnumerable<double> Samples(MetricDatumInput datum)
    {
        if (datum.Value is { } value)
        {
            yield return value;
        }

        for (var i = 0; i < datum.Values.Count; i++)
        {
            for (var n = 0; n < (datum.Counts.Count == 0 ? 1 : datum.Counts[i]); n++)
            {
                yield return datum.Values[i];
            }
        }
    }

    private static double NearestRank(double[] sorted, decimal percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(percent * sorted.Length / 100) - 1)];

    private static long Floor(long second, int period) => second / period * period;
}
