using System.Text;
using System.Text.Json;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class EcsTaskMetadataTests
{
    // The documented example of a Fargate task, shortened to what stands around our fields.
    private const string Fargate = """
        {
          "Cluster": "arn:aws:ecs:us-west-2:111122223333:cluster/default",
          "TaskARN": "arn:aws:ecs:us-west-2:111122223333:task/default/e9028f8d5d8e4f258373e7b93ce9a3c3",
          "Family": "curltest", "ServiceName": "MyService", "Revision": "3", "DesiredStatus": "RUNNING",
          "ClockDrift": { "ClockErrorBound": 0.5458234999999999, "ReferenceTimestamp": "2021-09-07T16:57:44Z", "ClockSynchronizationStatus": "SYNCHRONIZED" },
          "Limits": { "CPU": 0.25, "Memory": 512 }, "LaunchType": "FARGATE",
          "Containers": [ { "Name": "curl", "Labels": { "com.amazonaws.ecs.cluster": "x", "ServiceName": "wrong" } } ]
        }
        """;

    [Theory]
    [InlineData(Fargate, "default", "MyService", "us-west-2")]
    [InlineData("""{"Cluster":"default","TaskARN":"arn:aws:ecs:eu-central-1:1:task/default/x","ServiceName":"a"}""", "default", "a", "eu-central-1")]
    [InlineData("""{"Cluster":"arn:aws-cn:ecs:cn-north-1:1:cluster/c","TaskARN":"arn:aws-cn:ecs:cn-north-1:1:task/x"}""", "c", null, "cn-north-1")]
    [InlineData("""{"Cluster":"c","ServiceName":""}""", "c", null, null)]
    [InlineData("""{"Cluster":"c","ServiceName":null,"TaskARN":"x"}""", "c", null, null)]
    [InlineData("""{"Cluster":"c","ServiceName":5,"TaskARN":"arn:aws:ecs::1:task/x"}""", "c", null, null)]
    public void Cluster_service_and_Region_are_read(string document, string cluster, string? service, string? region) =>
        Assert.Equal(new EcsTaskMetadata(cluster, service, region), EcsTaskMetadata.Parse(Encoding.UTF8.GetBytes(document)) with { TaskId = null, Clock = null });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Cluster":""}""")]
    [InlineData("""{"Cluster":{}}""")]
    [InlineData("""{"Cluster":"\udc00"}""")]
    [InlineData("{\"Cluster\":\"\xfe\"}")]
    [InlineData("<html>")]
    public void What_is_no_task_metadata_is_a_JsonException(string document) =>
        Assert.ThrowsAny<JsonException>(() => EcsTaskMetadata.Parse(Encoding.Latin1.GetBytes(document)));

    [Fact]
    public void A_damaged_document_gives_nothing_but_a_JsonException() =>
        Gen.Select(Gen.Int[0, Fargate.Length - 1], Gen.Byte).Array[1, 4].Sample(
            damage =>
            {
                var document = Encoding.UTF8.GetBytes(Fargate);
                foreach (var (position, value) in damage)
                {
                    document[position] = value;
                }

                try
                {
                    Assert.NotNull(EcsTaskMetadata.Parse(document).Cluster);
                }
                catch (JsonException)
                {
                    // The one exception that is allowed.
                }
            },
            iter: Depth.Of(10_000),
            threads: 1);

    [Theory]
    [InlineData("v4/abc")]
    [InlineData("v4/abc/")]
    public void The_task_is_asked_for(string path)
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Fargate));

        Assert.Equal("MyService", EcsTaskMetadata.Fetch(server.Uri + path).ServiceName);
        Assert.Equal("GET /v4/abc/task HTTP/1.1", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData(Fargate, 0.5458235, true)]
    [InlineData("""{"Cluster":"c","ClockDrift":{"ClockErrorBound":3000,"ClockSynchronizationStatus":"NOT_SYNCHRONIZED"}}""", 3000, false)]
    [InlineData("""{"Cluster":"c","ClockDrift":{"ClockErrorBound":1e300,"ClockSynchronizationStatus":"SYNCHRONIZED"}}""", 4.61e14, true)]
    [InlineData("""{"Cluster":"c","ClockDrift":{"ClockErrorBound":"x","ClockSynchronizationStatus":"NOT_SYNCHRONIZED"}}""", 0, false)]
    public void The_clock_is_read(string document, double milliseconds, bool isSynchronized)
    {
        var clock = EcsTaskMetadata.Parse(Encoding.UTF8.GetBytes(document)).Clock!;

        Assert.Equal(isSynchronized, clock.IsSynchronized);
        Assert.Equal(milliseconds, clock.ErrorBound.TotalMilliseconds, milliseconds * 1e-2);
    }

    [Theory]
    [InlineData("""{"Cluster":"c"}""")]
    [InlineData("""{"Cluster":"c","ClockDrift":null}""")]
    [InlineData("""{"Cluster":"c","ClockDrift":{}}""")]
    public void A_platform_that_does_not_say_it_has_no_clock(string document) =>
        Assert.Null(EcsTaskMetadata.Parse(Encoding.UTF8.GetBytes(document)).Clock);

    [Fact]
    public void An_endpoint_that_fails_is_an_IOException()
    {
        using var server = new ScriptedServer(Scripts.Answer(500));

        Assert.Throws<IOException>(() => EcsTaskMetadata.Fetch(server.Uri.ToString()));
    }
}
