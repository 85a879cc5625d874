using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class CloudWatchEndpointTests
{
    // Region, ordinary, FIPS, dual-stack, both; null where the partition has none (endpoint rules of CloudWatch).
    public static TheoryData<string, string, string?, string?, string?> Partitions => new()
    {
        { "eu-west-1", "monitoring.eu-west-1.amazonaws.com", "monitoring-fips.eu-west-1.amazonaws.com", "monitoring.eu-west-1.api.aws", "monitoring-fips.eu-west-1.api.aws" },
        { "us-gov-west-1", "monitoring.us-gov-west-1.amazonaws.com", "monitoring.us-gov-west-1.amazonaws.com", "monitoring.us-gov-west-1.api.aws", "monitoring-fips.us-gov-west-1.api.aws" },
        { "cn-north-1", "monitoring.cn-north-1.amazonaws.com.cn", "monitoring-fips.cn-north-1.amazonaws.com.cn", "monitoring.cn-north-1.api.amazonwebservices.com.cn", "monitoring-fips.cn-north-1.api.amazonwebservices.com.cn" },
        { "us-iso-east-1", "monitoring.us-iso-east-1.c2s.ic.gov", "monitoring-fips.us-iso-east-1.c2s.ic.gov", "monitoring.us-iso-east-1.api.aws.ic.gov", "monitoring-fips.us-iso-east-1.api.aws.ic.gov" },
        { "us-isob-east-1", "monitoring.us-isob-east-1.sc2s.sgov.gov", "monitoring-fips.us-isob-east-1.sc2s.sgov.gov", "monitoring.us-isob-east-1.api.aws.scloud", "monitoring-fips.us-isob-east-1.api.aws.scloud" },
        { "eu-isoe-west-1", "monitoring.eu-isoe-west-1.cloud.adc-e.uk", "monitoring-fips.eu-isoe-west-1.cloud.adc-e.uk", "monitoring.eu-isoe-west-1.api.cloud-aws.adc-e.uk", "monitoring-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk" },
        { "us-isof-south-1", "monitoring.us-isof-south-1.csp.hci.ic.gov", "monitoring-fips.us-isof-south-1.csp.hci.ic.gov", "monitoring.us-isof-south-1.api.aws.hci.ic.gov", "monitoring-fips.us-isof-south-1.api.aws.hci.ic.gov" },
        { "eusc-de-east-1", "monitoring.eusc-de-east-1.amazonaws.eu", "monitoring-fips.eusc-de-east-1.amazonaws.eu", "monitoring.eusc-de-east-1.api.amazonwebservices.eu", "monitoring-fips.eusc-de-east-1.api.amazonwebservices.eu" },
    };

    [Theory]
    [MemberData(nameof(Partitions))]
    public void Every_partition_has_its_own_suffixes(string region, string ordinary, string? fips, string? dualStack, string? both)
    {
        Assert.Equal(ordinary, HostOf(region, false, false));
        Assert.Equal(fips, HostOf(region, true, false));
        Assert.Equal(dualStack, HostOf(region, false, true));
        Assert.Equal(both, HostOf(region, true, true));
    }

    [Fact]
    public void Options_come_before_variables_and_these_before_the_profile()
    {
        (string, string)[] on = [("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "true")];
        (string, string)[] profile = [("AWS_REGION", "eu-west-1"), ("AWS_PROFILE", AwsIsolation.ProfileWithVariants)];

        Assert.Equal("monitoring-fips.eu-west-1.api.aws", Get(on).Host);
        Assert.Equal("monitoring.eu-west-1.api.aws", Get(on, options => options.UseFipsEndpoint = false).Host);
        Assert.Equal("monitoring-fips.eu-west-1.amazonaws.com", Get(on, options => options.UseDualStackEndpoint = false).Host);
        Assert.Equal("monitoring-fips.eu-west-1.api.aws", Get([("AWS_REGION", "eu-west-1")], options => options.UseFipsEndpoint = options.UseDualStackEndpoint = true).Host);
        Assert.Equal("monitoring-fips.eu-west-1.api.aws", Get(profile).Host);
        Assert.Equal("monitoring.eu-west-1.api.aws", Get([.. profile, ("AWS_USE_FIPS_ENDPOINT", "false")]).Host);
    }

    [Fact]
    public void A_VPC_endpoint_is_signed_for_the_Region_that_is_set()
    {
        const string Url = "https://vpce-0123-abcd.monitoring.eu-west-1.vpce.amazonaws.com/prefix/";

        var destination = Resolve([("AWS_REGION", "ap-south-1")], options => options.Endpoint = new Uri(Url));

        Assert.Equal(("ap-south-1", new Uri(Url)), (destination.Region.SystemName, destination.Endpoint));
    }

    [Fact]
    public void An_insecure_endpoint_of_the_profile_is_refused_unless_it_is_allowed()
    {
        (string, string)[] environment = [("AWS_REGION", "eu-west-1"), ("AWS_PROFILE", AwsIsolation.ProfileWithInsecureEndpoint)];

        var failure = Assert.Throws<AmazonClientException>(() => Get(environment));

        Assert.Contains("AllowInsecureEndpoint", failure.Message, StringComparison.Ordinal);
        Assert.Equal("insecure.example", Get(environment, options => options.AllowInsecureEndpoint = true).Host);
    }

    private static string? HostOf(string region, bool fips, bool dualStack)
    {
        try
        {
            var uri = CloudWatchEndpoint.Of(region, fips, dualStack);
            Assert.Equal(("https", "/", 443), (uri.Scheme, uri.PathAndQuery, uri.Port));
            return uri.Host;
        }
        catch (AmazonClientException exception)
        {
            Assert.Contains(region, exception.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static Uri Get((string Name, string Value)[] environment, Action<FastScalingCloudWatchExporterOptions>? configure = null) =>
        Resolve(environment, configure).Endpoint;

    private static Destination Resolve((string Name, string Value)[] environment, Action<FastScalingCloudWatchExporterOptions>? configure = null) =>
        new DestinationSource(TestAws.Settings(configure), TestAws.Environment(environment), () => new ServiceIdentity("x", "App")).TryGet()!;
}
