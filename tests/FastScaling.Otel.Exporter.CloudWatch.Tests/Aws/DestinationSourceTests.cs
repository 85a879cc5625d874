using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class DestinationSourceTests
{
    private const string Task = """{"Cluster":"arn:aws:ecs:ap-south-1:1:cluster/prod","TaskARN":"arn:aws:ecs:ap-south-1:1:task/x","ServiceName":"orders"}""";

    [Theory]
    [InlineData("eu-central-1", "https://monitoring.eu-central-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "https://monitoring.us-gov-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://monitoring.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-northwest-1", "https://monitoring.cn-northwest-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", "https://monitoring.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("us-iso-east-1", "https://monitoring.us-iso-east-1.c2s.ic.gov/")]
    [InlineData("us-newland-7", "https://monitoring.us-newland-7.amazonaws.com/")]
    [InlineData("cn-newland-7", "https://monitoring.cn-newland-7.amazonaws.com.cn/")]
    public void The_public_endpoint_is_that_of_the_partition(string region, string endpoint)
    {
        var destination = Get([("AWS_REGION", region)]);

        Assert.Equal(new Uri(endpoint), destination.Endpoint);
        Assert.Equal(region, destination.Region.SystemName);
    }

    [Fact]
    public void The_Region_of_the_options_comes_before_AWS_REGION_and_that_before_the_task()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, Task));
        var task = ("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString());

        Assert.Equal("sa-east-1", Get([("AWS_REGION", "us-west-1"), task], options => options.Region = "sa-east-1").Region.SystemName);
        Assert.Equal("us-west-1", Get([("AWS_REGION", "us-west-1"), task]).Region.SystemName);
        Assert.Equal("ap-south-1", Get([task]).Region.SystemName);
        Assert.Equal("ap-south-1", Get([("AWS_REGION", "  "), task]).Region.SystemName);
    }

    [Fact]
    public void The_series_of_a_task_have_its_id_and_elsewhere_the_name_of_the_machine()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, Task));

        var inEcs = Get([("AWS_REGION", "us-west-1"), ("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())], options =>
        {
            options.PerTaskSeries = true;
            options.Dimensions["A"] = "b";
        });
        var elsewhere = Get([("AWS_REGION", "us-west-1")]);

        Assert.Equal([new("A", "b"), new("TaskId", "x")], inEcs.TaskDimensions);
        Assert.Equal(System.Environment.MachineName, elsewhere.TaskDimensions[^1].Value);
    }

    [Theory]
    [InlineData("web", null)]
    [InlineData("sidecar", "web")]
    public void Only_the_container_that_is_chosen_publishes(string chosen, string? silent)
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, """{"DockerId":"1","Name":"web","DockerName":"ecs-web"}"""));

        var destination = Get([("AWS_REGION", "us-west-1"), ("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())], options =>
        {
            options.PublishingContainer = chosen;
            options.Dimensions["A"] = "b";
        });

        Assert.Equal(silent, destination.SilentContainer);
        Assert.Null(Get([("AWS_REGION", "us-west-1")], options => options.PublishingContainer = chosen).SilentContainer);
    }

    [Fact]
    public void With_an_endpoint_alone_the_Region_is_that_of_the_AWS_SDK() =>
        Assert.Equal("us-east-1", Get([("AWS_ENDPOINT_URL", "http://localhost:4566")]).Region.SystemName);

    [Fact]
    public void Without_any_Region_the_failure_says_what_to_set()
    {
        var failure = Assert.Throws<AmazonClientException>(() => Get([]));

        Assert.Contains("AWS_REGION", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Region", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_of_the_options_comes_first_then_that_of_the_service_then_the_general_one_then_the_profile()
    {
        (string, string)[] all =
        [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL_CLOUDWATCH", "http://service.example:1/path"),
            ("AWS_ENDPOINT_URL", "http://general.example:2"),
            ("AWS_PROFILE", AwsIsolation.ProfileWithEndpoint),
        ];

        Assert.Equal(new Uri("http://option.example:3"), Get(all, options => options.Endpoint = new Uri("http://option.example:3")).Endpoint);
        Assert.Equal(new Uri("http://service.example:1/path"), Get(all).Endpoint);
        Assert.Equal(new Uri("http://general.example:2"), Get([all[0], all[2], all[3]]).Endpoint);
        Assert.Equal(new Uri(AwsIsolation.EndpointOfProfile), Get([all[0], all[3]]).Endpoint);
        Assert.Equal(new Uri("https://monitoring.eu-west-1.amazonaws.com/"), Get([all[0]]).Endpoint);
    }

    [Theory]
    [InlineData("true", "https://monitoring.eu-west-1.amazonaws.com/")]
    [InlineData("TRUE", "https://monitoring.eu-west-1.amazonaws.com/")]
    [InlineData("false", "http://service.example/")]
    [InlineData("", "http://service.example/")]
    public void Configured_endpoints_can_be_ignored(string ignore, string endpoint)
    {
        (string, string)[] environment =
        [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL_CLOUDWATCH", "http://service.example"),
            ("AWS_ENDPOINT_URL", "http://general.example"),
            ("AWS_PROFILE", AwsIsolation.ProfileWithEndpoint),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignore),
        ];

        Assert.Equal(new Uri(endpoint), Get(environment).Endpoint);
        Assert.Equal(new Uri("http://option.example"), Get(environment, options => options.Endpoint = new Uri("http://option.example")).Endpoint);
    }

    [Fact]
    public void Configured_dimensions_are_used_as_they_are_and_no_metadata_are_asked_for()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, Task));

        var destination = Get([("AWS_REGION", "eu-west-1"), ("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())], options =>
        {
            options.Dimensions["Zone"] = "b";
            options.Dimensions["App"] = "a";
        });

        Assert.Equal([new("App", "a"), new("Zone", "b")], destination.Dimensions);
        Assert.Empty(metadata.Requests);
    }

    [Fact]
    public void In_ECS_the_dimensions_are_those_of_the_task()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, Task));

        var destination = Get([("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())]);

        Assert.Equal([new("ClusterName", "prod"), new("ServiceName", "orders")], destination.Dimensions);
    }

    [Fact]
    public void In_ECS_without_a_service_the_name_is_that_of_the_resource()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, """{"Cluster":"prod"}"""));

        var destination = Get([("AWS_REGION", "eu-west-1"), ("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())]);

        Assert.Equal([new("ClusterName", "prod"), new("ServiceName", "from resource")], destination.Dimensions);
    }

    [Fact]
    public void Elsewhere_the_name_is_that_of_the_resource_and_without_one_that_of_the_application()
    {
        var environment = TestAws.Environment(("AWS_REGION", "eu-west-1"));
        var named = new DestinationSource(TestAws.Settings(), environment, () => new ServiceIdentity("näme", "App"));
        var unnamed = new DestinationSource(TestAws.Settings(), environment, () => new ServiceIdentity(null, "App"));

        Assert.Equal([new("ServiceName", "n_me~fabd1a9eaaa9")], named.TryGet()!.Dimensions);
        Assert.Null(named.AssumedServiceName);
        Assert.Equal([new("ServiceName", "App")], unnamed.TryGet()!.Dimensions);
        Assert.Equal("App", unnamed.AssumedServiceName);
    }

    [Fact]
    public void Nothing_is_looked_up_before_the_resource_is_known()
    {
        using var metadata = new ScriptedServer(Scripts.Answer(200, Task));
        var source = new DestinationSource(
            TestAws.Settings(), TestAws.Environment(("ECS_CONTAINER_METADATA_URI_V4", metadata.Uri.ToString())), () => null);

        Assert.Null(source.TryGet());
        Assert.Equal(0, metadata.Connections);
    }

    private static Destination Get((string Name, string Value)[] environment, Action<FastScalingCloudWatchExporterOptions>? configure = null) =>
        new DestinationSource(TestAws.Settings(configure), TestAws.Environment(environment), () => new ServiceIdentity("from resource", "App")).TryGet()!;
}
