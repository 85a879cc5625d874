using Amazon.Runtime;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>The public endpoint of CloudWatch in a Region, by the rules of its AWS SDKs and the SDK's data on partitions.</summary>
internal static class CloudWatchEndpoint
{
    // Its ordinary endpoints are the FIPS ones (endpoint rules of CloudWatch).
    private const string GovCloud = "aws-us-gov";

    /// <exception cref="AmazonClientException">There is no such endpoint in the partition of the Region.</exception>
    public static Uri Of(string region, bool useFips, bool useDualStack)
    {
        var partition = Fn.Partition(region);
        if (useFips && !partition.supportsFIPS)
        {
            throw new AmazonClientException($"FIPS endpoints are asked for, but there are none in {partition.name}, the partition of the Region {region}.");
        }

        if (useDualStack && !partition.supportsDualStack)
        {
            throw new AmazonClientException($"Dual-stack endpoints are asked for, but there are none in {partition.name}, the partition of the Region {region}.");
        }

        var service = useFips && (useDualStack || partition.name != GovCloud) ? "monitoring-fips" : "monitoring";
        return new Uri($"https://{service}.{region}.{(useDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}/");
    }
}
