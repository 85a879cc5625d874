using System.Text.Json;
using Amazon;
using CsCheck;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

/// <summary>Whatever an application calls its metrics and measures, CloudWatch takes the body.</summary>
public class AcceptableBodyTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 40],
        Gen.Char.Array[0, 40].Select(characters => new string(characters)),
        Gen.Char['\ud7f0', '\ue010'].Array[0, 40].Select(characters => new string(characters)),
        Gen.Const(string.Empty),
        Gen.Const(new string('é', 10_240)),
        Gen.Const(new string('"', 10_240)),
        Gen.Const(":🛒\0\u001f"));

    private static readonly Gen<double> Values = Gen.OneOf(
        Gen.Double,
        Gen.Const(double.NaN),
        Gen.Const(double.PositiveInfinity),
        Gen.Const(Math.Pow(2, 400)),
        Gen.Const(-Math.Pow(2, 360)),
        Gen.Const(-0.0),
        Gen.Const(double.Epsilon));

    private static readonly Gen<(string Name, string Unit, (string Key, string Value)[] Tags, double[] Values)> Metrics = Gen.Select(
        Texts, Texts, Gen.Select(Texts, Texts).Array[0, 5], Values.Array[1, 5]);

    [Fact]
    public async Task Any_names_units_tags_and_values_give_only_bodies_that_the_strict_validator_takes()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var client = new PutMetricDataClient(cloudWatch.Endpoint, RegionEndpoint.EUCentral1, null);
        var second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        Metrics.Array[1, 6].Sample(
            metrics =>
            {
                var sample = new Sample();
                sample.Reset(second);
                foreach (var metric in metrics)
                {
                    Fill(sample.Others, metric);
                }

                var writer = new PutMetricDataWriter("FastScaling", [new("ServiceName", "test")], 1);
                writer.Begin();
                Assert.True(writer.TryAdd(sample));
                var body = writer.End();
                AssertRoundTrip(sample, body);
                if (sample.DatumCount > 0)
                {
                    var result = client.Send(body.Span, isGzip: false, TestAws.Credentials, Calls.Ample);
                    Assert.True(result.Outcome == SendOutcome.Accepted, result.Reason);
                }
            },
            iter: Depth.Of(300),
            threads: 1);

        Assert.Equal(0, cloudWatch.RejectedCalls);
        Assert.True(cloudWatch.AcceptedCalls > Depth.Of(300) / 3);
    }

    [Fact]
    public void One_datum_of_a_sample_is_what_the_whole_sample_has_in_its_place()
    {
        var sample = new Sample { Second = 1_795_000_000, Signals = ScalingSignals.RequestsPerSecond | ScalingSignals.QueueLength, QueueLength = 3 };
        sample.Others.TryAdd(new Series("jobs", "Count", [new("queue", "a")]), 5);
        var whole = Body(writer => Assert.True(writer.TryAdd(sample)));

        for (var i = 0; i < sample.DatumCount; i++)
        {
            var single = Body(writer => Assert.True(writer.TryAdd(sample, i)));

            Assert.Equal(whole[i].GetRawText(), Assert.Single(single).GetRawText());
            Assert.Equal(whole[i].GetProperty("MetricName").GetString(), PutMetricDataWriter.NameOf(sample, i));
        }

        Assert.Equal(["RequestsPerSecond", "QueueLength", "jobs"], whole.Select(datum => datum.GetProperty("MetricName").GetString()));
    }

    [Fact]
    public void Signals_of_the_task_alone_have_its_dimensions()
    {
        var sample = new Sample { Second = 1, Signals = ScalingSignals.QueueLength, IsPerTask = true };
        var writer = new PutMetricDataWriter("n", [new("ServiceName", "s")], 1, [new("ServiceName", "s"), new("TaskId", "t")]);
        writer.Begin();
        writer.TryAdd(sample);

        using var body = JsonDocument.Parse(writer.End());

        Assert.Equal(
            ["s", "t"],
            body.RootElement.GetProperty("MetricData")[0].GetProperty("Dimensions").EnumerateArray().Select(dimension => dimension.GetProperty("Value").GetString()));
    }

    private static void Fill(SeriesData data, (string Name, string Unit, (string Key, string Value)[] Tags, double[] Values) metric)
    {
        var dimensions = metric.Tags
            .Select(tag => KeyValuePair.Create(AcceptableText.Name(tag.Key), AcceptableText.Value(tag.Value)))
            .Where(tag => tag.Value is not null && tag.Key != "ServiceName")
            .DistinctBy(tag => tag.Key)
            .ToArray();
        var unit = CloudWatchUnit.Of(metric.Unit, DurationUnit.Milliseconds);
        var series = new Series(AcceptableText.Name(metric.Name), unit.Name, dimensions!);
        var distribution = new ValueDistribution();
        foreach (var value in metric.Values.Where(CloudWatchValue.IsAcceptable).Order())
        {
            distribution.Add(value, 2);
        }

        foreach (var value in metric.Values)
        {
            Assert.Equal(CloudWatchValue.IsAcceptable(value), data.TryAdd(series, value));
        }

        if (!distribution.IsEmpty)
        {
            data.Add(series, distribution);
        }
    }

    private static void AssertRoundTrip(Sample sample, ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var data = json.RootElement.GetProperty("MetricData").EnumerateArray().ToArray();
        Assert.Equal(sample.DatumCount, data.Length);
        for (var i = 0; i < data.Length; i++)
        {
            var series = sample.Others.SeriesOf(i);
            Assert.Equal(series.MetricName, data[i].GetProperty("MetricName").GetString());
            Assert.Equal(series.Unit, data[i].GetProperty("Unit").GetString());
            Assert.Equal(
                [KeyValuePair.Create("ServiceName", "test"), .. series.Dimensions],
                data[i].GetProperty("Dimensions").EnumerateArray().Select(dimension => KeyValuePair.Create(
                    dimension.GetProperty("Name").GetString()!, dimension.GetProperty("Value").GetString()!)));
            if (sample.Others.IsSingle(i))
            {
                Assert.Equal(sample.Others.ValuesOf(i)[0], data[i].GetProperty("Value").GetDouble());
            }
            else
            {
                Assert.Equal(sample.Others.CountsOf(i).ToArray(), data[i].GetProperty("Counts").EnumerateArray().Select(count => count.GetInt64()));
                Assert.All(
                    sample.Others.ValuesOf(i).ToArray().Zip(data[i].GetProperty("Values").EnumerateArray()),
                    pair => Assert.Equal(pair.First, pair.Second.GetDouble(), Math.Abs(pair.First) * 2e-12));
            }
        }
    }

    private static JsonElement[] Body(Action<PutMetricDataWriter> write)
    {
        var writer = new PutMetricDataWriter("n", [new("ServiceName", "s")], 1);
        writer.Begin();
        write(writer);
        using var body = JsonDocument.Parse(writer.End());
        return [.. body.RootElement.Clone().GetProperty("MetricData").EnumerateArray()];
    }
}
