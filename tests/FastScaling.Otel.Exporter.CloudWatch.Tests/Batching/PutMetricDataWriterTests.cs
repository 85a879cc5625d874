using System.Text.Json;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

public class PutMetricDataWriterTests
{
    private static readonly KeyValuePair<string, string>[] Dimensions = [new("ClusterName", "prod"), new("ServiceName", "a\"b\\c")];

    private static readonly Gen<Sample> Samples =
        Gen.Select(
            Gen.Int[1, (int)SignalMetric.Every],
            Gen.Long[1_000_000_000, 4_000_000_000],
            Gen.Double[0, 1e9],
            Gen.Double[0, 1e6],
            Gen.Select(Gen.Double[0, 1000], Gen.Long[1, 1_000_000]).Array[1, 150])
        .Select((signals, second, rate, other, durations) =>
        {
            var sample = new Sample
            {
                Second = second,
                Signals = (ScalingSignals)signals,
                RequestsPerSecond = rate,
                ActiveRequests = other,
                ActiveConnections = other + 1,
                QueueLength = other + 2,
                QueueDelay = other / 3,
                FailedRequestsPerSecond = rate / 5,
            };
            foreach (var (value, count) in durations.OrderBy(duration => duration.Item1))
            {
                sample.ResponseTime.Add(value, count);
            }

            return sample;
        });

    [Fact]
    public void An_independent_parser_reads_back_what_was_written() =>
        Samples.Array[1, 20].Sample(samples =>
        {
            var writer = new PutMetricDataWriter("My/Namespace", Dimensions, 1);
            writer.Begin();
            Assert.All(samples, sample => Assert.True(writer.TryAdd(sample)));

            using var body = JsonDocument.Parse(writer.End());

            Assert.Equal("My/Namespace", body.RootElement.GetProperty("Namespace").GetString());
            var data = body.RootElement.GetProperty("MetricData").EnumerateArray().ToList();
            Assert.Equal(samples.Sum(sample => sample.DatumCount), data.Count);
            Assert.Equal(writer.DatumCount, data.Count);
            var next = 0;
            foreach (var sample in samples)
            {
                foreach (var signal in Enum.GetValues<ScalingSignals>().Where(value => value is not (ScalingSignals.None or ScalingSignals.All)))
                {
                    if ((sample.Signals & signal) != 0)
                    {
                        AssertDatum(sample, signal, data[next++]);
                    }
                }
            }
        });

    [Fact]
    public void A_request_never_exceeds_the_limits_and_every_sample_is_in_exactly_one() =>
        Samples.Array[1, 400].Sample(
            samples =>
            {
                var writer = new PutMetricDataWriter("FastScaling", Dimensions, 1);
                var waiting = new Queue<Sample>(samples);
                var data = 0;
                while (waiting.Count > 0)
                {
                    writer.Begin();
                    while (waiting.TryPeek(out var sample) && writer.TryAdd(sample))
                    {
                        waiting.Dequeue();
                    }

                    var body = writer.End();
                    Assert.InRange(writer.DatumCount, 1, PutMetricDataWriter.MaxData);
                    Assert.InRange(body.Length, 1, PutMetricDataWriter.MaxBytes);
                    using var json = JsonDocument.Parse(body);
                    var count = json.RootElement.GetProperty("MetricData").GetArrayLength();
                    Assert.Equal(writer.DatumCount, count);
                    data += count;
                }

                Assert.Equal(samples.Sum(sample => sample.DatumCount), data);
            },
            iter: Depth.Of(20));

    [Fact]
    public void The_largest_sample_that_valid_options_allow_fits_into_a_request()
    {
        var dimensions = Enumerable.Range(0, 30)
            .Select(i => KeyValuePair.Create(new string('"', 253) + $"{i:00}", new string('"', 1024)))
            .ToList();
        var writer = new PutMetricDataWriter(new string('n', 255), dimensions, 1);
        var sample = new Sample { Signals = ScalingSignals.All };
        for (var i = 1; i <= 150; i++)
        {
            sample.ResponseTime.Add(Math.PI * Math.Pow(10, i), long.MaxValue / 200);
        }

        writer.Begin();

        Assert.True(writer.TryAdd(sample));
    }

    [Fact]
    public void A_body_may_have_exactly_the_most_bytes_and_what_does_not_fit_leaves_no_trace()
    {
        var writer = new PutMetricDataWriter("n", Dimensions, 1);
        var longest = 1 + PutMetricDataWriter.MaxBytes - LengthOf(1);

        Assert.Equal(PutMetricDataWriter.MaxBytes, LengthOf(longest));
        foreach (var add in (Func<Sample, bool>[])[writer.TryAdd, sample => writer.TryAdd(sample, 0)])
        {
            writer.Begin();
            Assert.False(add(Named(longest + 1)));
            Assert.Equal(0, writer.DatumCount);
            Assert.True(add(Named(longest)));
            Assert.False(add(Named(1)));
            Assert.Equal((1, PutMetricDataWriter.MaxBytes), (writer.DatumCount, writer.End().Length));
        }

        int LengthOf(int length)
        {
            writer.Begin();
            Assert.True(writer.TryAdd(Named(length)));
            return writer.End().Length;
        }

        static Sample Named(int length)
        {
            var sample = new Sample { Second = 1 };
            sample.Others.TryAdd(new Series(new string('m', length), "Count", []), 5);
            return sample;
        }
    }

    [Fact]
    public void A_request_has_at_most_a_thousand_data_and_samples_stay_whole()
    {
        var writer = new PutMetricDataWriter("n", Dimensions, 60);
        var six = new Sample { Signals = ScalingSignals.All };
        six.ResponseTime.Add(0.1, 1);
        writer.Begin();
        while (writer.TryAdd(six))
        {
        }

        Assert.Equal(996, writer.DatumCount);
        Assert.Equal([true, true, true, true, false], Enumerable.Range(0, 5).Select(i => writer.TryAdd(six, i)));
        using var body = JsonDocument.Parse(writer.End());
        var data = body.RootElement.GetProperty("MetricData").EnumerateArray().ToList();
        Assert.Equal(PutMetricDataWriter.MaxData, data.Count);
        Assert.All(data, datum => Assert.Equal(60, datum.GetProperty("StorageResolution").GetInt32()));
    }

    [Fact]
    public void A_sample_that_fills_a_request_to_the_last_datum_is_taken()
    {
        var writer = new PutMetricDataWriter("n", Dimensions, 1);
        var sample = new Sample();
        var series = new Series("m", "Count", []);
        for (var i = 0; i < PutMetricDataWriter.MaxData; i++)
        {
            sample.Others.TryAdd(series, i);
        }

        writer.Begin();

        Assert.True(writer.TryAdd(sample));
        Assert.False(writer.TryAdd(new Sample { Signals = ScalingSignals.QueueLength }));
        Assert.True(writer.TryAdd(new Sample()));
    }

    [Fact]
    public void Signals_of_the_service_do_not_have_the_dimensions_of_the_task()
    {
        var writer = new PutMetricDataWriter("n", [new("ServiceName", "s")], 1, [new("ServiceName", "s"), new("TaskId", "t")]);
        writer.Begin();
        Assert.True(writer.TryAdd(new Sample { Signals = ScalingSignals.QueueLength }));
        Assert.True(writer.TryAdd(new Sample { Signals = ScalingSignals.QueueLength, IsPerTask = true }));

        using var body = JsonDocument.Parse(writer.End());

        Assert.Equal([1, 2], body.RootElement.GetProperty("MetricData").EnumerateArray().Select(datum => datum.GetProperty("Dimensions").GetArrayLength()));
    }

    [Fact]
    public void Dimensions_of_the_service_and_of_a_series_are_one_list()
    {
        Assert.Equal("""[{"Name":"a","Value":"é<"},{"Name":"b","Value":"c"}]""", DimensionsOf([new("a", "é<")], [new("b", "c")]));
        Assert.Equal("""[{"Name":"b","Value":"c"}]""", DimensionsOf([], [new("b", "c")]));
        Assert.Equal("""[{"Name":"a","Value":"b"}]""", DimensionsOf([new("a", "b")], []));
        Assert.Equal("[]", DimensionsOf([], []));

        static string DimensionsOf(KeyValuePair<string, string>[] service, KeyValuePair<string, string>[] own)
        {
            var writer = new PutMetricDataWriter("n", service, 1);
            var sample = new Sample();
            sample.Others.TryAdd(new Series("m", "Count", own), 1);
            writer.Begin();
            Assert.True(writer.TryAdd(sample));
            using var body = JsonDocument.Parse(writer.End());
            return body.RootElement.GetProperty("MetricData")[0].GetProperty("Dimensions").GetRawText();
        }
    }

    [Fact]
    public void Values_below_zero_and_beyond_whole_nanoseconds_keep_all_digits()
    {
        var distribution = new ValueDistribution();
        foreach (var value in (double[])[-1.5, -0.000001, 4_503_599_627.25, 4_503_599_628.25, 8_000_000_000_000.1, 1e18])
        {
            distribution.Add(value, 2);
        }

        var sample = new Sample();
        sample.Others.Add(new Series("m", "Count", []), distribution);
        var writer = new PutMetricDataWriter("n", Dimensions, 1);
        writer.Begin();
        writer.TryAdd(sample);
        using var body = JsonDocument.Parse(writer.End());

        var datum = body.RootElement.GetProperty("MetricData")[0];
        Assert.Equal("[-1.5,-1E-06,4503599627.25,4503599628.25,8000000000000.1,1E+18]", datum.GetProperty("Values").GetRawText());
        Assert.Equal("[2,2,2,2,2,2]", datum.GetProperty("Counts").GetRawText());
        Assert.Equal(1, datum.EnumerateObject().Count(member => member.Name == "Counts"));
    }

    [Theory]
    [InlineData(0.0123, "12.3")]
    [InlineData(0.000001, "0.001")]
    [InlineData(0.000000001, "0.000001")]
    [InlineData(2, "2000")]
    [InlineData(0, "0")]
    [InlineData(1234.567891234, "1234567.891234")]
    [InlineData(0.0000000000015, "1.5E-09")]
    [InlineData(0.1234567891234, "123.4567891234")]
    [InlineData(1e30, "1.0000000000000001E+33")]
    public void Whole_nanoseconds_are_written_with_no_more_digits_than_they_have_and_others_with_all(double seconds, string expected) =>
        Assert.Equal($"[{expected}]", ValuesOf(seconds));

    [Fact]
    public void Zero_is_written_without_a_sign() => Assert.Equal("[0]", ValuesOf(-0.0));

    [Fact]
    public void Response_times_closer_than_a_nanosecond_stay_apart()
    {
        var values = ValuesOf(0.001, 0.0010000000001);

        Assert.StartsWith("[1,1.0000000", values, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_allocates_nothing_once_it_has_started()
    {
        var writer = new PutMetricDataWriter("FastScaling", Dimensions, 1);
        var sample = new Sample { Second = 1_795_000_000, Signals = ScalingSignals.All, RequestsPerSecond = 123.25, QueueDelay = 1 / 3.0 };
        for (var i = 1; i <= 50; i++)
        {
            sample.ResponseTime.Add(i / 7.0, i);
        }

        Write(writer, sample);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(writer, sample);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_body_of_any_size_is_written_into_a_buffer_that_has_grown_in_few_steps()
    {
        var writer = new PutMetricDataWriter("n", Dimensions, 1);
        var sample = new Sample { Signals = ScalingSignals.QueueLength };
        var before = GC.GetAllocatedBytesForCurrentThread();

        writer.Begin();
        while (writer.TryAdd(sample))
        {
        }

        // Each buffer is twice the one before: together less than four times what the last one holds.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 4 * writer.End().Length);
    }

    private static void Write(PutMetricDataWriter writer, Sample sample)
    {
        writer.Begin();
        for (var i = 0; i < 5; i++)
        {
            writer.TryAdd(sample);
        }

        _ = writer.End();
    }

    private static string ValuesOf(params double[] seconds)
    {
        var sample = new Sample { Signals = ScalingSignals.ResponseTime };
        foreach (var value in seconds)
        {
            sample.ResponseTime.Add(value, 1);
        }

        var writer = new PutMetricDataWriter("FastScaling", Dimensions, 1);
        writer.Begin();
        writer.TryAdd(sample);
        using var body = JsonDocument.Parse(writer.End());
        return body.RootElement.GetProperty("MetricData")[0].GetProperty("Values").GetRawText();
    }

    private static void AssertDatum(Sample sample, ScalingSignals signal, JsonElement datum)
    {
        Assert.Equal(signal.ToString(), datum.GetProperty("MetricName").GetString());
        Assert.Equal(sample.Second, datum.GetProperty("Timestamp").GetInt64());
        Assert.Equal(1, datum.GetProperty("StorageResolution").GetInt32());
        Assert.Equal(
            Dimensions,
            datum.GetProperty("Dimensions").EnumerateArray().Select(dimension => KeyValuePair.Create(
                dimension.GetProperty("Name").GetString()!,
                dimension.GetProperty("Value").GetString()!)));
        var isTime = signal is ScalingSignals.ResponseTime or ScalingSignals.QueueDelay;
        Assert.Equal(
            isTime ? "Milliseconds" : signal is ScalingSignals.RequestsPerSecond or ScalingSignals.FailedRequestsPerSecond ? "Count/Second" : "Count",
            datum.GetProperty("Unit").GetString());

        if (signal == ScalingSignals.ResponseTime)
        {
            Assert.False(datum.TryGetProperty("Value", out _));
            Assert.All(
                sample.ResponseTime.Values.ToArray().Zip(datum.GetProperty("Values").EnumerateArray().ToArray()),
                pair => Assert.Equal(pair.First * 1000, pair.Second.GetDouble(), tolerance: pair.First * 1000 * 2e-12));
            Assert.Equal(sample.ResponseTime.Values.Length, datum.GetProperty("Values").GetArrayLength());
            Assert.Equal(
                sample.ResponseTime.Counts.ToArray(),
                datum.GetProperty("Counts").EnumerateArray().Select(count => count.GetInt64()));
        }
        else
        {
            Assert.Equal(sample.ValueOf(signal) * (isTime ? 1000 : 1), datum.GetProperty("Value").GetDouble());
        }
    }
}
