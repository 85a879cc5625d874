using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record GetMetricStatisticsReply(string Label, IReadOnlyList<StatisticsDatapoint> Datapoints) : CloudWatchReply
{
    public override void Write(IReplyWriter writer)
    {
        writer.String("Label", Label);
        writer.Structures("Datapoints", Datapoints, static (point, datapoint) =>
        {
            point.Timestamp("Timestamp", datapoint.Timestamp);
            foreach (var (name, value) in datapoint.Statistics)
            {
                point.Number(name, value);
            }

            point.String("Unit", datapoint.Unit);
            if (datapoint.ExtendedStatistics.Count > 0)
            {
                point.Map("ExtendedStatistics", datapoint.ExtendedStatistics);
            }
        });
    }
}
