using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class BlockWriterTests
{
    private const long Second = 1_795_000_000;

    private readonly Dictionary<MetricIdentity, MetricStream> _streams = [];
    private readonly List<Sample> _blocks = [];

    [Theory]
    [InlineData(20, 20, 1)]
    [InlineData(20, 900, 1)]
    [InlineData(900, 20, 1)]
    [InlineData(480, 480, 1)]
    [InlineData(5_000, 5_000, 1)]
    [InlineData(20, 20, 150)]
    [InlineData(5_000, 5_000, 150)]
    public void Blocks_are_about_half_of_the_largest_request_whatever_dimensions_and_values_are(int ofService, int ofSeries, int values)
    {
        KeyValuePair<string, string>[] dimensions = [new("service", new string('s', ofService))];
        for (var i = 0; i < 1200; i++)
        {
            var state = Add(MetricKind.Gauge, new string('v', ofSeries));
            for (var value = 1; value <= values; value++)
            {
                state.AddValue(-1.2345678901234567E-100 * value);
            }
        }

        Write(JsonString.Dimensions(dimensions).Length);

        Assert.Equal(1200, _blocks.Sum(block => block.DatumCount));
        var lengths = _blocks.Select(block =>
        {
            var writer = new PutMetricDataWriter("n", dimensions, 60);
            writer.Begin();
            Assert.True(writer.TryAdd(block));
            return writer.End().Length;
        }).ToList();
        Assert.All(_blocks.Zip(lengths), pair => Assert.InRange(pair.Second, 1, 495_000 + (pair.Second / pair.First.DatumCount)));

        // And not needlessly small.
        Assert.All(_blocks.Zip(lengths).SkipLast(1), pair => Assert.True(pair.First.DatumCount == 500 || pair.Second > 250_000));
    }

    [Fact]
    public void Blocks_have_500_data_of_the_second_and_nothing_of_what_they_had_before()
    {
        for (var i = 0; i < 1001; i++)
        {
            Add(MetricKind.Counter).AddToSum(1);
        }

        Write();

        Assert.Equal([500, 500, 1], _blocks.Select(block => block.DatumCount));
        Assert.All(_blocks, block => Assert.Equal(Second, block.Second));
    }

    [Fact]
    public void Series_of_which_nothing_was_found_take_no_room()
    {
        foreach (var isTouched in (bool[])[false, true, false, true, false])
        {
            for (var i = 0; i < 1000; i++)
            {
                var state = Add(MetricKind.Level, new string('v', 1000));
                if (isTouched && i == 0)
                {
                    state.AddToSum(1);
                }
            }
        }

        Write();

        Assert.Equal(2, Assert.Single(_blocks).DatumCount);
    }

    [Fact]
    public void Sums_beyond_what_CloudWatch_takes_are_counted_and_cost_no_others()
    {
        for (var i = 0; i < 3; i++)
        {
            var state = Add(MetricKind.Counter);
            state.AddToSum(CloudWatchValue.Max);
            state.AddToSum(i == 0 ? 0 : CloudWatchValue.Max);
        }

        Assert.Equal(2, Write());
        Assert.Equal(1, Assert.Single(_blocks).DatumCount);

        // What was counted is not counted again.
        _blocks.Clear();
        Assert.Equal(0, Write());
    }

    [Fact]
    public void A_histogram_of_zeros_is_published()
    {
        var data = new HistogramData();
        data.Load([1], [3, 0], sum: 0, min: 0, max: 0);
        Assert.True(Add(MetricKind.Histogram).TryAdd(data));

        Write();

        var block = Assert.Single(_blocks);
        Assert.Equal([0.0], block.Others.ValuesOf(0).ToArray());
        Assert.Equal([3L], block.Others.CountsOf(0).ToArray());
    }

    private SeriesState Add(MetricKind kind, string dimension = "value")
    {
        var identity = new MetricIdentity("meter", kind.ToString(), "1", kind);
        if (!_streams.TryGetValue(identity, out var stream))
        {
            _streams.Add(identity, stream = new MetricStream(identity.Name, kind, new CloudWatchUnit(CloudWatchUnit.None, 1), ["tag"]));
        }

        var state = new SeriesState(new Series(stream.Name, stream.Unit.Name, [new("tag", dimension)]));
        stream.Series.Add(stream.Series.Count.ToString(CultureInfo.InvariantCulture), state);
        return state;
    }

    private int Write(int dimensionBytes = 100)
    {
        var writer = new BlockWriter(new MappingSettings
        {
            TagsOf = _ => [],
            Durations = DurationUnit.Milliseconds,
            MaxSeries = 10_000,
            DimensionBytes = dimensionBytes,
            WatchedSince = DateTimeOffset.UnixEpoch,
        });
        return writer.Write(_streams.Values, Second, isDraining: false, UsedSample, _blocks.Add);
    }

    private static Sample UsedSample()
    {
        var sample = new Sample { Second = 1, Signals = ScalingSignals.ActiveRequests };
        Assert.True(sample.Others.TryAdd(new Series("used", CloudWatchUnit.None, []), 7));
        return sample;
    }
}
