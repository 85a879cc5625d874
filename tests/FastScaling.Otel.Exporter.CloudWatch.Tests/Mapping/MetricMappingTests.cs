using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>Real instruments through a real reader.</summary>
public class MetricMappingTests
{
    public static TheoryData<MetricReaderTemporalityPreference> Temporalities =>
    [
        MetricReaderTemporalityPreference.Delta,
        MetricReaderTemporalityPreference.Cumulative,
        MetricReaderTemporalityPreference.LowMemory,
    ];

    [Theory]
    [MemberData(nameof(Temporalities))]
    public void Every_kind_of_instrument_is_conserved(MetricReaderTemporalityPreference temporality)
    {
        using var metrics = new MappedMetrics(temporality, configure: builder => builder.AddView(
            "exponential", new Base2ExponentialBucketHistogramConfiguration()));
        var (observedLong, observedDouble, level) = (0L, 0.0, 0L);
        var counter = metrics.Meter.CreateCounter<long>("counter", "{thing}");
        var doubles = metrics.Meter.CreateCounter<double>("doubles", "s");
        var upDown = metrics.Meter.CreateUpDownCounter<int>("up_down");
        var explicitBounds = metrics.Meter.CreateHistogram<double>("explicit", "s");
        var exponential = metrics.Meter.CreateHistogram<long>("exponential", "By");
        var gauge = metrics.Meter.CreateGauge<float>("gauge", "%");
        metrics.Meter.CreateObservableCounter("observed.long", () => observedLong, "By");
        metrics.Meter.CreateObservableCounter("observed.double", () => observedDouble);
        metrics.Meter.CreateObservableUpDownCounter("observed.level", () => level);
        metrics.Meter.CreateObservableGauge("observed.gauge", () => (double)level);
        var random = new Random(1);
        var recorded = new Dictionary<string, double>();
        var published = new Dictionary<string, double>();
        long recordings = 0;
        var (explicitCount, exponentialCount) = (0L, 0L);

        for (var second = 0; second < 20; second++)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                var value = random.Next(1, 1000);
                counter.Add(value, new KeyValuePair<string, object?>("tag", i));
                doubles.Add(value / 7.0);
                upDown.Add(value - 500);
                explicitBounds.Record(value / 300.0, new KeyValuePair<string, object?>("tag", i));
                exponential.Record(value);
                gauge.Record(value);
                (observedLong, observedDouble, level) = (observedLong + value, observedDouble + (value / 3.0), level + value - 500);
                recordings++;
                Add("counter", value);
                Add("doubles", value / 7.0 * 1000);
                Add("explicit", value / 300.0 * 1000);
                Add("exponential", value);
                Add("observed.long", value);
                Add("observed.double", value / 3.0);
            }

            var data = metrics.Collect();
            foreach (var (name, datum) in data)
            {
                published[name] = published.GetValueOrDefault(name) + datum.Sum;
            }

            explicitCount += data.GetValueOrDefault("explicit")?.Count ?? 0;
            exponentialCount += data.GetValueOrDefault("exponential")?.Count ?? 0;
            Assert.Equal(level, data["observed.level"].Sum);
            Assert.Equal([(double)level], data["observed.gauge"].Values);
            if (recordings > 0)
            {
                Assert.Equal(level, data["up_down"].Sum);
            }
        }

        Assert.Equal(recordings, explicitCount);
        Assert.Equal(recordings, exponentialCount);
        Assert.All(recorded, pair => Assert.Equal(1, published[pair.Key] / pair.Value, tolerance: 1e-9));

        void Add(string name, double value) => recorded[name] = recorded.GetValueOrDefault(name) + value;
    }

    [Fact]
    public void Units_and_names_are_those_of_CloudWatch()
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateCounter<long>("sent", "By").Add(5);
        metrics.Meter.CreateHistogram<double>("took", "s").Record(0.25);
        metrics.Meter.CreateCounter<long>("orders", "{order}").Add(1);

        var data = metrics.Collect();

        Assert.Equal("Bytes", data["sent"].Unit);
        Assert.Equal("Count", data["orders"].Unit);
        Assert.Equal("Milliseconds", data["took"].Unit);
        Assert.Equal([250.0], data["took"].Values);
    }

    [Fact]
    public void More_values_of_a_gauge_than_a_datum_can_have_keep_count_sum_minimum_and_maximum()
    {
        using var metrics = new MappedMetrics();
        var values = Enumerable.Range(-400, 1000).SelectMany(i => Enumerable.Repeat(i, 1 + (Math.Abs(i) % 3))).ToArray();
        metrics.Meter.CreateObservableGauge("age", () => values.Select((value, i) => new Measurement<int>(value, new KeyValuePair<string, object?>("i", i))));

        var datum = metrics.Collect()["age"];

        Assert.InRange(datum.Values.Length, 1, 150);
        Assert.Equal(values.Length, datum.Count);
        Assert.Equal(values.Sum(), datum.Sum, tolerance: 1e-6);
        Assert.Equal((-400, 599), (datum.Values[0], datum.Values[^1]));
    }

    [Fact]
    public void Values_that_CloudWatch_does_not_take_are_counted_and_cost_no_others()
    {
        using var metrics = new MappedMetrics();
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e200, -1e200, Math.Pow(2, 360), -0.0, 7];
        metrics.Meter.CreateObservableGauge("gauge", () => values.Select((value, i) => new Measurement<double>(value, new KeyValuePair<string, object?>("i", i))));
        var histogram = metrics.Meter.CreateHistogram<double>("histogram");
        histogram.Record(1);
        histogram.Record(double.PositiveInfinity);
        metrics.Meter.CreateCounter<long>("counter").Add(3);

        var data = metrics.Collect();

        Assert.Equal([0, 7, Math.Pow(2, 360)], data["gauge"].Values);
        Assert.Equal(5, metrics.Counts.Unpublishable);
        Assert.Equal(2, data["histogram"].Count);
        Assert.All(data["histogram"].Values, value => Assert.True(CloudWatchValue.IsAcceptable(value)));
        Assert.Equal(3, data["counter"].Sum);
    }

    [Fact]
    public void A_sum_of_values_that_is_too_large_for_CloudWatch_is_counted()
    {
        using var metrics = new MappedMetrics();
        var counter = metrics.Meter.CreateCounter<double>("counter");
        counter.Add(CloudWatchValue.Max, new KeyValuePair<string, object?>("i", 1));
        counter.Add(CloudWatchValue.Max, new KeyValuePair<string, object?>("i", 2));

        Assert.Empty(metrics.Collect());
        Assert.Equal(1, metrics.Counts.Unpublishable);
    }

    [Fact]
    public void A_reading_of_a_cumulative_counter_that_is_no_number_costs_no_later_ones()
    {
        using var metrics = new MappedMetrics(MetricReaderTemporalityPreference.Cumulative);
        var value = 5.0;
        metrics.Meter.CreateObservableCounter("counter", () => value);
        Assert.Equal(5, metrics.Collect()["counter"].Sum);

        value = double.NaN;
        Assert.Empty(metrics.Collect());
        Assert.Equal(1, metrics.Counts.Unpublishable);

        value = 8;
        Assert.Equal(3, metrics.Collect()["counter"].Sum);
    }

    [Fact]
    public void A_value_is_judged_in_the_unit_in_which_it_is_published()
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateObservableGauge("age", () => Math.ScaleB(1, 355), "s");

        Assert.Empty(metrics.Collect());
        Assert.Equal(1, metrics.Counts.Unpublishable);
    }

    [Fact]
    public void A_metric_that_cannot_be_read_is_reported_and_costs_no_others()
    {
        using var events = new CapturedEvents();
        using var metrics = new MappedMetrics(tagsOf: metric => metric.Name == "bad" ? throw new InvalidOperationException("Thrown on purpose.") : []);
        metrics.Meter.CreateCounter<long>("bad").Add(1);
        metrics.Meter.CreateCounter<long>("good").Add(2);

        var data = metrics.Collect();

        Assert.Equal(["good"], data.Keys);
        Assert.Contains(events.Lines, line => line.Contains("Reading the metric 'bad'", StringComparison.Ordinal));
    }

    [Fact]
    public void Histograms_of_one_name_with_other_bounds_are_counted_and_not_mixed()
    {
        using var metrics = new MappedMetrics(configure: builder => builder.AddView(
            instrument => new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Description == "first" ? [1, 2] : [1, 3] }));
        metrics.Meter.CreateHistogram<double>("histogram", description: "first").Record(0.5);
        metrics.Meter.CreateHistogram<double>("histogram", description: "second").Record(2.5);

        var data = metrics.Collect();

        Assert.Equal((1, 0.5), (data["histogram"].Count, data["histogram"].Sum));
        Assert.Equal(1, metrics.Counts.Unpublishable);
    }

    [Fact]
    public void Several_gauges_do_not_mix()
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateObservableGauge("one", () => Two(1, 2));
        metrics.Meter.CreateObservableGauge("two", () => Two(10, 20));

        var data = metrics.Collect();

        Assert.Equal([1.0, 2.0], data["one"].Values);
        Assert.Equal([10.0, 20.0], data["two"].Values);
        Assert.All(data.Values, datum => Assert.Equal([1L, 1L], datum.Counts));

        static Measurement<int>[] Two(int first, int second) => [new(first, new KeyValuePair<string, object?>("i", 1)), new(second, new KeyValuePair<string, object?>("i", 2))];
    }

    [Fact]
    public void A_cumulative_histogram_in_which_nothing_was_recorded_is_no_datum_and_no_series()
    {
        using var metrics = new MappedMetrics(MetricReaderTemporalityPreference.Cumulative);
        metrics.Meter.CreateHistogram<double>("histogram").Record(1);
        metrics.Collect();

        Assert.Empty(metrics.Collect());
        Assert.Equal(1, metrics.Mapping.SeriesCount);
        metrics.Collect(later: SeriesTable.ForgetAfter + TimeSpan.FromSeconds(1));
        Assert.Empty(metrics.Collect());
        Assert.Equal(0, metrics.Mapping.SeriesCount);
    }

    [Fact]
    public void A_counter_that_is_a_signal_is_0_while_nothing_is_counted_but_not_while_draining()
    {
        using var metrics = new MappedMetrics(hasZeros: true);
        var counter = metrics.Meter.CreateCounter<long>("counter");

        Assert.Empty(metrics.Collect());
        counter.Add(2);
        Assert.Equal([2.0], metrics.Collect()["counter"].Values);
        Assert.Equal([0.0], metrics.Collect()["counter"].Values);
        Assert.Equal([0.0], metrics.Collect(later: TimeSpan.FromHours(2))["counter"].Values);
        Assert.Equal([0.0], metrics.Collect()["counter"].Values);
        Assert.Empty(metrics.Collect(isDraining: true));
    }

    [Fact]
    public void Exponential_histograms_of_different_scales_are_pooled() =>
        Gen.OneOf(Gen.Const(0.0), Gen.Double[-6, 6].Select(exponent => Math.Pow(10, exponent))).Array[1, 60].Array[2, 4].Sample(
            sets =>
            {
                using var metrics = new MappedMetrics(configure: builder => builder.AddView("*", new Base2ExponentialBucketHistogramConfiguration()));
                var histogram = metrics.Meter.CreateHistogram<double>("histogram");
                for (var i = 0; i < sets.Length; i++)
                {
                    foreach (var value in sets[i])
                    {
                        histogram.Record(value, new KeyValuePair<string, object?>("i", i));
                    }
                }

                var datum = metrics.Collect()["histogram"];

                var all = sets.SelectMany(set => set).ToArray();
                Assert.Equal(all.Length, datum.Count);
                Assert.Equal(all.Sum(), datum.Sum, tolerance: 1e-9 * all.Sum());
                Assert.Equal((all.Min(), all.Max()), (datum.Values[0], datum.Values[^1]));
            },
            iter: Depth.Of(30),
            threads: 1);

    [Fact]
    public void Negative_recordings_of_exponential_histograms_are_dropped_by_the_SDK_and_spoil_nothing()
    {
        using var metrics = new MappedMetrics(configure: builder => builder.AddView("*", new Base2ExponentialBucketHistogramConfiguration()));
        var histogram = metrics.Meter.CreateHistogram<double>("histogram");
        double[] values = [-5, -0.5, 0, 0.25, 3];
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        var datum = metrics.Collect()["histogram"];

        Assert.Equal([0, 0.25, 3], datum.Values);
        Assert.Equal([1L, 1, 1], datum.Counts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Histograms_without_buckets_keep_count_and_sum(bool hasMinMax)
    {
        using var metrics = new MappedMetrics(configure: builder => builder.AddView(
            "*", new ExplicitBucketHistogramConfiguration { Boundaries = [], RecordMinMax = hasMinMax }));
        var histogram = metrics.Meter.CreateHistogram<double>("histogram");
        double[] values = [1, 2, 3, 4, 100];
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        var datum = metrics.Collect()["histogram"];

        Assert.Equal(5, datum.Count);
        Assert.Equal(110, datum.Sum, tolerance: 1e-9);
        Assert.Equal(hasMinMax ? (1, 100) : (22, 22), (datum.Values[0], datum.Values[^1]));
    }

    [Fact]
    public void Many_series_become_blocks_that_fit_into_a_request()
    {
        using var metrics = new MappedMetrics(tags: ["id"], maxSeries: 5000, configure: builder => builder.AddView(
            "*", new MetricStreamConfiguration { CardinalityLimit = 5000 }));
        var counter = metrics.Meter.CreateCounter<long>("counter");
        for (var i = 0; i < 3000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", new string('x', 1000) + i));
        }

        metrics.Collect();

        Assert.Equal(3000, metrics.Blocks.Sum(block => block.DatumCount));
        Assert.All(metrics.Blocks, block => Assert.InRange(block.DatumCount, 1, 500));
        Assert.All(metrics.Blocks, block =>
        {
            var writer = new Exporter.CloudWatch.Batching.PutMetricDataWriter("n", [new("ServiceName", "test")], 60);
            writer.Begin();
            Assert.True(writer.TryAdd(block));
            Assert.InRange(writer.End().Length, 1, 990_000);
        });
    }
}
