using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record GetMetricDataReply(IReadOnlyList<MetricDataResult> Results, string? NextToken) : CloudWatchReply
{
    public override void Write(IReplyWriter writer)
    {
        writer.Structures("MetricDataResults", Results, static (item, result) =>
        {
            item.String("Id", result.Id);
            item.String("Label", result.Label);
            item.Timestamps("Timestamps", result.Timestamps);
            item.Numbers("Values", result.Values);
            item.String("StatusCode", result.IsComplete ? "Complete" : "PartialData");
        });
        if (NextToken is not null)
        {
            writer.String("NextToken", NextToken);
        }

        writer.Strings("Messages", []);
    }
}
