using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Protocols;

/// <summary>Turns what a protocol has decoded into a request.</summary>
internal static class RequestReader
{
    public static CloudWatchRequest Read(WireCall call) => call.Operation switch
    {
        "PutMetricData" => PutMetricData(call.Input),
        "GetMetricData" => GetMetricData(call.Input),
        "GetMetricStatistics" => GetMetricStatistics(call.Input),
        "ListMetrics" => ListMetrics(call.Input),
        "PutMetricAlarm" => PutMetricAlarm(call.Input),
        "DescribeAlarms" => DescribeAlarms(call.Input),
        "DescribeAlarmsForMetric" => DescribeAlarmsForMetric(call.Input),
        "DescribeAlarmHistory" => DescribeAlarmHistory(call.Input),
        "SetAlarmState" => SetAlarmState(call.Input),
        "DeleteAlarms" => new DeleteAlarmsRequest(call.Input.Strings("AlarmNames")),
        "EnableAlarmActions" => new EnableAlarmActionsRequest(call.Input.Strings("AlarmNames"), AreEnabled: true),
        "DisableAlarmActions" => new EnableAlarmActionsRequest(call.Input.Strings("AlarmNames"), AreEnabled: false),
        _ => throw CloudWatchError.InvalidAction(call.Operation),
    };

    private static PutMetricDataRequest PutMetricData(IWireNode input) =>
        new(input.String("Namespace"), Each(input.Structures("MetricData"), Datum), input.Structures("EntityMetricData").Count > 0);

    private static MetricDatumInput Datum(IWireNode node) => new()
    {
        MetricName = node.String("MetricName"),
        Dimensions = Dimensions(node),
        Timestamp = node.Timestamp("Timestamp"),
        Value = node.Number("Value"),
        Values = node.Numbers("Values"),
        Counts = node.Numbers("Counts"),
        StatisticValues = node.Structure("StatisticValues") is { } set
            ? new StatisticSetInput(set.Number("SampleCount"), set.Number("Sum"), set.Number("Minimum"), set.Number("Maximum"))
            : null,
        Unit = node.String("Unit"),
        StorageResolution = node.Integer("StorageResolution"),
    };

    private static GetMetricDataRequest GetMetricData(IWireNode input) => new()
    {
        Queries = Each(input.Structures("MetricDataQueries"), Query),
        StartTime = input.Timestamp("StartTime"),
        EndTime = input.Timestamp("EndTime"),
        NextToken = input.String("NextToken"),
        ScanBy = input.String("ScanBy"),
        MaxDatapoints = input.Integer("MaxDatapoints"),
    };

    private static MetricDataQueryInput Query(IWireNode node) => new()
    {
        Id = node.String("Id"),
        MetricStat = node.Structure("MetricStat") is { } stat ? MetricStat(stat) : null,
        Expression = node.String("Expression"),
        Label = node.String("Label"),
        ReturnData = node.Boolean("ReturnData"),
        Period = node.Integer("Period"),
    };

    private static MetricStatInput MetricStat(IWireNode node) => new()
    {
        Metric = node.Structure("Metric") is { } metric
            ? new MetricInput(metric.String("Namespace"), metric.String("MetricName"), Dimensions(metric))
            : null,
        Period = node.Integer("Period"),
        Stat = node.String("Stat"),
        Unit = node.String("Unit"),
    };

    private static GetMetricStatisticsRequest GetMetricStatistics(IWireNode input) => new()
    {
        Namespace = input.String("Namespace"),
        MetricName = input.String("MetricName"),
        Dimensions = Dimensions(input),
        StartTime = input.Timestamp("StartTime"),
        EndTime = input.Timestamp("EndTime"),
        Period = input.Integer("Period"),
        Statistics = input.Strings("Statistics"),
        ExtendedStatistics = input.Strings("ExtendedStatistics"),
        Unit = input.String("Unit"),
    };

    private static ListMetricsRequest ListMetrics(IWireNode input) => new()
    {
        Namespace = input.String("Namespace"),
        MetricName = input.String("MetricName"),
        Dimensions = Dimensions(input),
        NextToken = input.String("NextToken"),
        RecentlyActive = input.String("RecentlyActive"),
    };

    private static PutMetricAlarmRequest PutMetricAlarm(IWireNode input) => new()
    {
        AlarmName = input.String("AlarmName"),
        AlarmDescription = input.String("AlarmDescription"),
        ActionsEnabled = input.Boolean("ActionsEnabled"),
        OkActions = input.Strings("OKActions"),
        AlarmActions = input.Strings("AlarmActions"),
        InsufficientDataActions = input.Strings("InsufficientDataActions"),
        MetricName = input.String("MetricName"),
        Namespace = input.String("Namespace"),
        Statistic = input.String("Statistic"),
        ExtendedStatistic = input.String("ExtendedStatistic"),
        Dimensions = Dimensions(input),
        Period = input.Integer("Period"),
        Unit = input.String("Unit"),
        EvaluationPeriods = input.Integer("EvaluationPeriods"),
        DatapointsToAlarm = input.Integer("DatapointsToAlarm"),
        Threshold = input.Number("Threshold"),
        ComparisonOperator = input.String("ComparisonOperator"),
        TreatMissingData = input.String("TreatMissingData"),
        EvaluateLowSampleCountPercentile = input.String("EvaluateLowSampleCountPercentile"),
        Metrics = Each(input.Structures("Metrics"), Query),
        UnsupportedMember = input.String("ThresholdMetricId") is not null ? "ThresholdMetricId"
            : input.Structure("EvaluationCriteria") is not null ? "EvaluationCriteria"
            : input.Integer("EvaluationInterval") is not null ? "EvaluationInterval"
            : null,
    };

    private static DescribeAlarmsRequest DescribeAlarms(IWireNode input) => new()
    {
        AlarmNames = input.Strings("AlarmNames"),
        AlarmNamePrefix = input.String("AlarmNamePrefix"),
        AlarmTypes = input.Strings("AlarmTypes"),
        StateValue = input.String("StateValue"),
        ActionPrefix = input.String("ActionPrefix"),
        MaxRecords = input.Integer("MaxRecords"),
        NextToken = input.String("NextToken"),
        AsksForRelatives = (input.String("ChildrenOfAlarmName") ?? input.String("ParentsOfAlarmName")) is not null,
    };

    private static DescribeAlarmsForMetricRequest DescribeAlarmsForMetric(IWireNode input) => new()
    {
        Namespace = input.String("Namespace"),
        MetricName = input.String("MetricName"),
        Dimensions = Dimensions(input),
        Statistic = input.String("Statistic"),
        ExtendedStatistic = input.String("ExtendedStatistic"),
        Period = input.Integer("Period"),
        Unit = input.String("Unit"),
    };

    private static DescribeAlarmHistoryRequest DescribeAlarmHistory(IWireNode input) => new()
    {
        AlarmName = input.String("AlarmName"),
        AlarmTypes = input.Strings("AlarmTypes"),
        HistoryItemType = input.String("HistoryItemType"),
        StartDate = input.Timestamp("StartDate"),
        EndDate = input.Timestamp("EndDate"),
        MaxRecords = input.Integer("MaxRecords"),
        NextToken = input.String("NextToken"),
        ScanBy = input.String("ScanBy"),
    };

    private static SetAlarmStateRequest SetAlarmState(IWireNode input) =>
        new(input.String("AlarmName"), input.String("StateValue"), input.String("StateReason"), input.String("StateReasonData"));

    private static List<DimensionInput> Dimensions(IWireNode node) =>
        Each(node.Structures("Dimensions"), dimension => new DimensionInput(dimension.String("Name"), dimension.String("Value")));

    private static List<T> Each<T>(IReadOnlyList<IWireNode> nodes, Func<IWireNode, T> read)
    {
        var items = new List<T>(nodes.Count);
        foreach (var node in nodes)
        {
            items.Add(read(node));
        }

        return items;
    }
}
