using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record DescribeAlarmsReply(IReadOnlyList<AlarmSnapshot> Alarms, string? NextToken) : CloudWatchReply
{
    public override void Write(IReplyWriter writer)
    {
        writer.Structures("CompositeAlarms", Array.Empty<AlarmSnapshot>(), MetricAlarm.Write);
        writer.Structures("MetricAlarms", Alarms, MetricAlarm.Write);
        if (NextToken is not null)
        {
            writer.String("NextToken", NextToken);
        }
    }
}
