using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record DescribeAlarmHistoryReply(IReadOnlyList<AlarmHistoryItem> Items, string? NextToken) : CloudWatchReply
{
    public override void Write(IReplyWriter writer)
    {
        writer.Structures("AlarmHistoryItems", Items, static (node, item) =>
        {
            node.String("AlarmName", item.AlarmName);
            node.String("AlarmType", "MetricAlarm");
            node.Timestamp("Timestamp", item.Time);
            node.String("HistoryItemType", item.Type.ToString());
            node.String("HistorySummary", item.Summary);
            node.String("HistoryData", item.Data);
        });
        if (NextToken is not null)
        {
            writer.String("NextToken", NextToken);
        }
    }
}
