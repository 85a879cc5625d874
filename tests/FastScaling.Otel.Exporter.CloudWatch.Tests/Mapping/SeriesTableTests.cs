using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>To which series a point belongs, what there is no room for, and what is forgotten.</summary>
public class SeriesTableTests
{
    private static readonly string[] Names = ["a", "b", "ab", "\u0001"];
    private static readonly string?[] Values = [null, "", "a", "b", "ab", "\u0001", "\u0001\0a"];

    /// <summary>Different sets of tags, of names and values that written one after the other could be those of another.</summary>
    private static readonly Gen<KeyValuePair<string, object?>[][]> TagSets =
        Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Int[0, Values.Length - 1].Select(i => Values[i]))
            .Array[0, 3]
            .Select(tags => tags.DistinctBy(tag => tag.Item1).OrderBy(tag => tag.Item1, StringComparer.Ordinal).Select(tag => new KeyValuePair<string, object?>(tag.Item1, tag.Item2)).ToArray())
            .Array[2, 20]
            .Select(sets => sets.DistinctBy(set => string.Join('|', set.Select(tag => $"{tag.Key}={tag.Value ?? "null"}"))).ToArray());

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
    public void Empty_and_missing_tags_are_no_dimensions_and_values_of_every_type_are_text()
    {
        using var metrics = new MappedMetrics(tags: ["tag"]);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        object?[] values = [null, "", "  ", 5, 2.5, true, false, "ünïcode", new Throwing()];
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
        Assert.Equal(1, data["counter{tag=false}"].Sum);
        Assert.Single(data.Keys, key => key.StartsWith("counter{tag=_n_code~", StringComparison.Ordinal));
    }

    [Fact]
    public void Cumulative_points_are_told_apart_by_all_their_tags() =>
        Gen.Select(TagSets, Gen.Int[1, 9].Array[20].Array[3]).Sample(
            (sets, rounds) =>
            {
                using var metrics = new MappedMetrics(MetricReaderTemporalityPreference.Cumulative);
                var counter = metrics.Meter.CreateCounter<long>("counter");
                foreach (var round in rounds)
                {
                    for (var i = 0; i < sets.Length; i++)
                    {
                        counter.Add(round[i], sets[i]);
                    }

                    Assert.Equal(round.Take(sets.Length).Sum(), metrics.Collect()["counter"].Sum);
                }
            },
            iter: Depth.Of(50),
            threads: 1);

    [Fact]
    public void Cumulative_points_are_told_apart_however_their_tags_are_written()
    {
        using var metrics = new MappedMetrics(MetricReaderTemporalityPreference.Cumulative);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        for (var i = 0; i < 3; i++)
        {
            // A text that is missing must not read as the beginning of the next.
            counter.Add(5, new KeyValuePair<string, object?>("", null), new KeyValuePair<string, object?>("\0", "b"));
            counter.Add(2, new KeyValuePair<string, object?>("", "\u0001"), new KeyValuePair<string, object?>("", "b"));

            Assert.Equal(7, metrics.Collect()["counter"].Sum);
        }
    }

    [Theory]
    [MemberData(nameof(MetricMappingTests.Temporalities), MemberType = typeof(MetricMappingTests))]
    public void Two_metrics_of_the_same_name_are_added_up_and_each_counted_from_its_own_last_value(MetricReaderTemporalityPreference temporality)
    {
        using var metrics = new MappedMetrics(temporality);
        var first = metrics.Meter.CreateCounter<long>("jobs", description: "first");
        var second = metrics.Meter.CreateCounter<long>("jobs", description: "second");
        var histogram = metrics.Meter.CreateHistogram<double>("took", description: "first");
        var other = metrics.Meter.CreateHistogram<double>("took", description: "second");
        for (var i = 0; i < 3; i++)
        {
            first.Add(5);
            second.Add(2);
            histogram.Record(1);
            other.Record(2);
            other.Record(3);

            var data = metrics.Collect();

            Assert.Equal(7, data["jobs"].Sum);
            Assert.Equal((3, 6), (data["took"].Count, data["took"].Sum));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_cumulative_points_of_a_metric_that_is_gone_are_forgotten(bool hasZeros)
    {
        var table = new SeriesTable(new MappingSettings
        {
            TagsOf = _ => [],
            Durations = DurationUnit.Seconds,
            MaxSeries = 10,
            HasZeros = hasZeros,
            WatchedSince = DateTimeOffset.UtcNow,
        });
        using var metrics = new MappedMetrics(tagsOf: _ => []);
        var (kept, gone) = (metrics.MetricOf("kept"), metrics.MetricOf("gone"));
        table.Begin();
        var (keptPoints, gonePoints) = (table.PointsOf(kept), table.PointsOf(gone));
        table.Forget(1);
        Assert.Same(gonePoints, table.PointsOf(gone));

        table.Begin();
        table.PointsOf(kept);
        table.Forget(2);

        Assert.Same(keptPoints, table.PointsOf(kept));
        Assert.NotSame(gonePoints, table.PointsOf(gone));
    }

    [Fact]
    public void A_tag_that_a_point_has_not_is_not_that_of_the_point_before_and_long_ones_are_told_apart()
    {
        using var metrics = new MappedMetrics(tags: ["a", "b", "c"]);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        var (one, other) = (new string('x', 200) + "1", new string('x', 200) + "2");
        counter.Add(1, new("a", one), new("b", other), new("c", one));
        counter.Add(2, new KeyValuePair<string, object?>("a", one));
        counter.Add(3, new KeyValuePair<string, object?>("b", one));

        var data = metrics.Collect();

        Assert.Equal(3, data.Count);
        Assert.Equal(1, data[$"counter{{a={one},b={other},c={one}}}"].Sum);
        Assert.Equal(2, data[$"counter{{a={one}}}"].Sum);
        Assert.Equal(3, data[$"counter{{b={one}}}"].Sum);
    }

    [Fact]
    public void A_series_knows_from_where_on_its_rise_is_a_surge_and_whether_its_values_are_of_events()
    {
        using var metrics = new MappedMetrics(surgeThreshold: 7);
        metrics.Meter.CreateHistogram<double>("histogram").Record(1);
        metrics.Meter.CreateCounter<long>("counter").Add(1);
        metrics.Collect();

        var data = Assert.Single(metrics.Blocks).Others;

        Assert.Equal(2, data.Count);
        Assert.All([0, 1], i => Assert.Equal(7, data.SeriesOf(i).SurgeThreshold));
        Assert.All([0, 1], i => Assert.Equal(data.SeriesOf(i).MetricName == "histogram", data.SeriesOf(i).IsOfEvents));
    }

    [Theory]
    [MemberData(nameof(MetricMappingTests.Temporalities), MemberType = typeof(MetricMappingTests))]
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
        Assert.Equal(1, metrics.Mapping.SeriesCount);
        var data = metrics.Collect();

        Assert.Equal(["counter{id=b}", "counter{id=c}"], data.Keys.Order());
        Assert.Equal(2, metrics.Mapping.SeriesCount);

        void Add(string id) => counter.Add(1, new KeyValuePair<string, object?>("id", id));
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
    public void Metrics_of_the_same_name_and_meter_are_told_apart_by_their_units()
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateCounter<long>("jobs", "By").Add(1);
        metrics.Meter.CreateCounter<long>("jobs", "{job}").Add(2);

        var data = metrics.Collect();

        Assert.Equal((1, "Bytes"), (data["jobs"].Sum, data["jobs"].Unit));
        Assert.Equal(2, data["jobs in Count"].Sum);
        Assert.Null(metrics.Counts.NameClash);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_series_is_remembered_for_a_quarter_of_an_hour(double beyond, bool isKept)
    {
        using var metrics = new MappedMetrics();
        metrics.Meter.CreateCounter<long>("counter").Add(1);
        metrics.Collect();

        metrics.Collect(later: SeriesTable.ForgetAfter + TimeSpan.FromSeconds(beyond));

        Assert.Equal(isKept ? 1 : 0, metrics.Mapping.SeriesCount);
    }

    [Fact]
    public void A_series_of_recordings_lives_as_long_as_something_is_recorded()
    {
        using var metrics = new MappedMetrics();
        var histogram = metrics.Meter.CreateHistogram<double>("histogram");
        Series? first = null;
        for (var i = 0; i < 4; i++)
        {
            histogram.Record(1);
            metrics.Collect(later: TimeSpan.FromMinutes(10));

            var series = Assert.Single(metrics.Blocks).Others.SeriesOf(0);
            Assert.Same(first ??= series, series);
        }
    }

    [Fact]
    public void A_cumulative_counter_that_rests_for_long_is_not_counted_again_from_its_beginning()
    {
        using var metrics = new MappedMetrics(MetricReaderTemporalityPreference.Cumulative);
        var counter = metrics.Meter.CreateCounter<long>("counter");
        counter.Add(5);
        Assert.Equal(5, metrics.Collect()["counter"].Sum);
        metrics.Collect(later: TimeSpan.FromHours(1));
        Assert.Equal(0, metrics.Mapping.SeriesCount);

        counter.Add(1);

        Assert.Equal(1, metrics.Collect()["counter"].Sum);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public void The_name_of_a_metric_that_is_gone_for_long_is_free_for_another_meter(int maxSeries)
    {
        var (prefix, marked) = ($"{Guid.NewGuid():N}.", maxSeries == 0 ? "{Overflow=true}" : string.Empty);
        using var metrics = new MappedMetrics(maxSeries: maxSeries, configure: builder => builder.AddMeter($"{prefix}*"));
        using var first = new Meter(prefix + "first");
        using var second = new Meter(prefix + "second");
        using var third = new Meter(prefix + "third");
        Count(first, "jobs");

        // To the very end the name is taken, and then its owner is forgotten.
        metrics.Collect(later: SeriesTable.ForgetAfter);
        Count(second, $"{prefix}second/jobs");
        Count(third, "jobs");

        // What goes without owning the name does not free it.
        metrics.Collect(later: TimeSpan.FromMinutes(14));
        Count(third, "jobs");
        metrics.Collect(later: TimeSpan.FromMinutes(2));
        Count(first, $"{prefix}first/jobs");

        void Count(Meter meter, string name)
        {
            meter.CreateCounter<long>("jobs").Add(1);
            Assert.Equal([name + marked], metrics.Collect().Keys);
        }
    }

    [Fact]
    public void An_overflow_series_stays_the_same_while_it_is_needed()
    {
        using var metrics = new MappedMetrics(tags: ["id"], maxSeries: 0);
        var counter = metrics.Meter.CreateCounter<long>("counter");

        Assert.Same(Add(), Add());

        Series Add()
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", 1));
            Assert.Equal(["counter{Overflow=true}"], metrics.Collect().Keys);
            return Assert.Single(metrics.Blocks).Others.SeriesOf(0);
        }
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("Thrown on purpose.");
    }
}
