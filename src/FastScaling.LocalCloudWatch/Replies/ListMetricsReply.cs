using FastScaling.LocalCloudWatch.Protocols;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record ListMetricsReply(IReadOnlyList<MetricIdentity> Metrics, string? NextToken) : CloudWatchReply
{
    public override void Write(IReplyWriter writer)
    {
        writer.Structures("Metrics", Metrics, static (item, metric) =>
        {
            item.String("Namespace", metric.Namespace);
            item.String("MetricName", metric.Name);
            item.Structures("Dimensions", metric.Dimensions, static (node, dimension) =>
            {
                node.String("Name", dimension.Key);
                node.String("Value", dimension.Value);
            });
        });
        if (NextToken is not null)
        {
            writer.String("NextToken", NextToken);
        }
    }
}
