using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Protocols;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Replies;

/// <summary>An alarm as the Describe operations show it. Members that were not put are absent.</summary>
internal static class MetricAlarm
{
    public static void Write(IReplyWriter node, AlarmSnapshot snapshot)
    {
        var alarm = snapshot.Definition;
        node.String("AlarmName", alarm.Name);
        node.String("AlarmArn", alarm.Arn);
        Optional(node, "AlarmDescription", alarm.Description);
        node.Timestamp("AlarmConfigurationUpdatedTimestamp", snapshot.ConfiguredAt);
        node.Boolean("ActionsEnabled", alarm.ActionsEnabled);
        node.Strings("OKActions", alarm.OkActions);
        node.Strings("AlarmActions", alarm.AlarmActions);
        node.Strings("InsufficientDataActions", alarm.InsufficientDataActions);
        node.String("StateValue", AlarmStates.Text(snapshot.State));
        node.String("StateReason", snapshot.StateReason);
        Optional(node, "StateReasonData", snapshot.StateReasonData);
        node.Timestamp("StateUpdatedTimestamp", snapshot.StateUpdatedAt);
        node.Timestamp("StateTransitionedTimestamp", snapshot.StateUpdatedAt);
        if (alarm.Source is { } source)
        {
            Metric(node, source.Metric);
            node.String(source.Statistic.Kind == StatisticKind.Percentile ? "ExtendedStatistic" : "Statistic", source.Statistic.Name);
            node.Integer("Period", source.Period);
            Optional(node, "Unit", source.Unit);
        }

        node.Integer("EvaluationPeriods", alarm.EvaluationPeriods);
        if (alarm.DatapointsToAlarm is { } datapoints)
        {
            node.Integer("DatapointsToAlarm", datapoints);
        }

        node.Number("Threshold", alarm.Threshold);
        node.String("ComparisonOperator", alarm.Comparison.ToString());
        Optional(node, "TreatMissingData", alarm.IsMissingDataGiven ? MissingDataText(alarm.MissingData) : null);
        Optional(node, "EvaluateLowSampleCountPercentile", alarm.LowSampleCountPercentile);
        if (alarm.Queries.Count > 0)
        {
            node.Structures("Metrics", alarm.Queries, Query);
        }
    }

    private static void Query(IReplyWriter node, AlarmQuery query)
    {
        node.String("Id", query.Id);
        if (query.Source is { } source)
        {
            node.Structure("MetricStat", source, static (stat, source) =>
            {
                stat.Structure("Metric", source.Metric, Metric);
                stat.Integer("Period", source.Period);
                stat.String("Stat", source.Statistic.Name);
                Optional(stat, "Unit", source.Unit);
            });
        }

        Optional(node, "Expression", query.Text);
        Optional(node, "Label", query.Label);
        node.Boolean("ReturnData", query.ReturnData);
        if (query.Period is { } period)
        {
            node.Integer("Period", period);
        }
    }

    private static void Metric(IReplyWriter node, MetricIdentity metric)
    {
        node.String("Namespace", metric.Namespace);
        node.String("MetricName", metric.Name);
        node.Structures("Dimensions", metric.Dimensions, static (item, dimension) =>
        {
            item.String("Name", dimension.Key);
            item.String("Value", dimension.Value);
        });
    }

    private static void Optional(IReplyWriter node, string member, string? value)
    {
        if (value is not null)
        {
            node.String(member, value);
        }
    }

    private static string MissingDataText(MissingData treatment) => treatment switch
    {
        MissingData.Breaching => "breaching",
        MissingData.NotBreaching => "notBreaching",
        MissingData.Ignore => "ignore",
        _ => "missing",
    };
}
