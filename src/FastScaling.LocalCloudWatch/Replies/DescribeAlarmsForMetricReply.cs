using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record DescribeAlarmsForMetricReply(IReadOnlyList<AlarmSnapshot> Alarms) : CloudWatchReply
{
    public override void Write(IReplyWriter writer) => writer.Structures("MetricAlarms", Alarms, MetricAlarm.Write);
}
