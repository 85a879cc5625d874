using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
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
    public void Named_tags_are_dimensions_and_all_others_are_added_up()
    {
        using var metrics = new MappedMetrics(tags: ["queue"]);
        metrics.Meter.CreateObservableUpDownCounter("waiting", () => Observations(10, 3, 5));
        metrics.Meter.CreateObservableGauge("age", () => Observations(10, 3, 5));

        var data = metrics.Collect();

        Assert.Equal(13, data["waiting{queue=a}"].Sum);
        Assert.Equal(5, data["waiting{queue=b}"].Sum);

        // Of gauges all values are published: average, minimum, maximum and sum are each right.
        Assert.Equal([3.0, 10.0], data["age{queue=a}"].Values);
        Assert.Equal([1L, 1L], data["age{queue=a}"].Counts);
        Assert.Equal([5.0], data["age{queue=b}"].Values);

        static Measurement<long>[] Observations(long first, long second, long third) =>
        [
            new(first, new("queue", "a"), new("partition", 1)),
            new(second, new("queue", "a"), new("partition", 2)),
            new(third, new("partition", 1), new("queue", "b")),
        ];
    }

    [Fact]
    public void More_values_of_a_gauge_than_a_datum_can_have_keep_count_sum_minimum_and_maximum()
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateObservableGauge("age", () => Enumerable.Range(-400, 1000).Select(i => new Measurement<int>(i, new KeyValuePair<string, object?>("i", i))));

        var datum = metrics.Collect()["age"];

        Assert.InRange(datum.Values.Length, 1, 150);
        Assert.Equal(1000, datum.Count);
        Assert.Equal(Enumerable.Range(-400, 1000).Sum(), datum.Sum, tolerance: 1e-6);
        Assert.Equal((-400, 599), (datum.Values[0], datum.Values[^1]));
    }

    [Fact]
    public void Empty_and_missing_tags_are_no_dimensions_and_values_of_every_type_are_text()
    {
        using var metrics = new MappedMetrics(tags: ["tag"]);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        object?[] values = [null, "", "  ", 5, 2.5, true, "ünïcode", new Throwing()];
        foreach (var value in values)
        {
            counter.Add(1, new KeyValuePair<string, object?>("tag", value));
        }

        counter.Add(1);

        var data = metrics.Collect();

        Assert.Equal(5, data["counter"].Sum);
        Assert.Equal(1, data["counter{tag=5}"].Sum);
        Assert.Equal(1, data["counter{tag=2.5}"].Sum);
        Assert.Equal(1, data["counter{tag=true}"].Sum);
        Assert.Single(data.Keys, key => key.StartsWith("counter{tag=_n_code~", StringComparison.Ordinal));
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

    [Theory]
    [MemberData(nameof(Temporalities))]
    public void Beyond_MaxSeries_everything_goes_into_one_marked_series_a_metric_and_nothing_is_lost(MetricReaderTemporalityPreference temporality)
    {
        using var metrics = new MappedMetrics(temporality, tags: ["id"], maxSeries: 50);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        var histogram = metrics.Meter.CreateHistogram<double>("histogram");
        for (var i = 0; i < 200; i++)
        {
            counter.Add(i + 1, new KeyValuePair<string, object?>("id", i));
            histogram.Record(i, new KeyValuePair<string, object?>("id", i));
        }

        var data = metrics.Collect();

        Assert.Equal(50, metrics.Mapping.SeriesCount);
        Assert.Equal(52, data.Count);
        Assert.Equal(350, metrics.Counts.Folded);
        Assert.Equal(201 * 100, data.Where(pair => pair.Key.StartsWith("counter", StringComparison.Ordinal)).Sum(pair => pair.Value.Sum));
        Assert.Equal(200, data.Where(pair => pair.Key.StartsWith("histogram", StringComparison.Ordinal)).Sum(pair => pair.Value.Count));
        Assert.Contains("counter{Overflow=true}", data.Keys);
        Assert.Contains("histogram{Overflow=true}", data.Keys);
    }

    [Fact]
    public void What_the_SDK_had_no_room_for_is_counted_and_its_tag_is_no_dimension()
    {
        var limit = new MetricStreamConfiguration { CardinalityLimit = 5 };
        using var named = new MappedMetrics(tags: ["id"], configure: builder => builder.AddView("*", limit));
        using var dropped = new MappedMetrics(configure: builder => builder.AddView("*", limit));
        foreach (var metrics in (MappedMetrics[])[named, dropped])
        {
            var counter = metrics.Meter.CreateCounter<long>("counter");
            for (var i = 0; i < 100; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("id", i));
            }

            var data = metrics.Collect();

            Assert.Equal(100, data.Values.Sum(datum => datum.Sum));
            Assert.Equal(1, metrics.Counts.SdkOverflow);
            Assert.DoesNotContain(data.Keys, key => key.Contains("otel", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_series_in_which_nothing_happens_for_long_makes_room_for_others()
    {
        using var metrics = new MappedMetrics(tags: ["id"], maxSeries: 2);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        Add("a");
        Add("b");
        metrics.Collect();
        Add("b");
        metrics.Collect(later: TimeSpan.FromMinutes(16));

        Add("b");
        Add("c");
        var data = metrics.Collect();

        Assert.Equal(["counter{id=b}", "counter{id=c}"], data.Keys.Order());

        void Add(string id) => counter.Add(1, new KeyValuePair<string, object?>("id", id));
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
        Assert.Empty(metrics.Collect(isDraining: true));
    }

    [Fact]
    public void Metrics_of_the_same_name_in_two_meters_are_told_apart()
    {
        using var other = new Meter(new MeterOptions($"other.{Guid.NewGuid():N}"));
        using var metrics = new MappedMetrics(configure: builder => builder.AddMeter(other.Name));
        metrics.Meter.CreateCounter<long>("jobs").Add(1);
        other.CreateCounter<long>("jobs").Add(2);

        var data = metrics.Collect();

        Assert.Equal(2, data.Count);
        Assert.Equal(3, data.Values.Sum(datum => datum.Sum));
        Assert.NotNull(metrics.Counts.NameClash);
        Assert.Contains(metrics.Counts.NameClash, data.Keys);
    }

    [Fact]
    public void Exponential_histograms_of_different_scales_are_pooled() =>
        Gen.Double[-6, 6].Select(exponent => Math.Pow(10, exponent)).Array[1, 60].Array[2, 4].Sample(
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
                Assert.Equal(1, datum.Sum / all.Sum(), tolerance: 1e-9);
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

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("Thrown on purpose.");
    }
}
