using System.Diagnostics.CodeAnalysis;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>CloudWatch's rules for an alarm. The first that is broken refuses the call.</summary>
internal static class PutMetricAlarmValidator
{
    private const int MaximumDescription = 1024;
    private const int MaximumActions = 5;
    private const int MaximumAction = 1024;
    private const int SecondsOfDay = 86_400;
    private const int SecondsOfWeek = 604_800;

    public static AlarmDefinition Validate(PutMetricAlarmRequest request)
    {
        AlarmRules.Name(request.AlarmName, "AlarmName");
        if (request.UnsupportedMember is { } member)
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {member} is not supported by the local CloudWatch.");
        }

        if (request.AlarmDescription?.Length > MaximumDescription)
        {
            throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant(
                $"The parameter AlarmDescription must be shorter than {MaximumDescription + 1} characters."));
        }

        var source = request.Metrics.Count == 0 ? Source(request) : null;
        var queries = request.Metrics.Count == 0 ? [] : Queries(request);
        var alarm = new AlarmDefinition
        {
            Name = request.AlarmName,
            Description = request.AlarmDescription,
            ActionsEnabled = request.ActionsEnabled ?? true,
            OkActions = Actions(request.OkActions, "OKActions"),
            AlarmActions = Actions(request.AlarmActions, "AlarmActions"),
            InsufficientDataActions = Actions(request.InsufficientDataActions, "InsufficientDataActions"),
            Source = source,
            Queries = queries,
            Comparison = Comparison(request.ComparisonOperator),
            Threshold = ParameterRules.InRange(request.Threshold ?? throw CloudWatchError.MissingParameter("Threshold"), "Threshold"),
            Period = source?.Period ?? queries.First(static query => query.Source is not null).Source!.Period,
            EvaluationPeriods = AtLeastOne(request.EvaluationPeriods ?? throw CloudWatchError.MissingParameter("EvaluationPeriods"), "EvaluationPeriods"),
            DatapointsToAlarm = request.DatapointsToAlarm is { } datapoints ? AtLeastOne(datapoints, "DatapointsToAlarm") : null,
            MissingData = Treatment(request.TreatMissingData),
            IsMissingDataGiven = request.TreatMissingData is not null,
            LowSampleCountPercentile = LowSamples(request.EvaluateLowSampleCountPercentile),
        };
        Combinations(alarm);
        return alarm;
    }

    private static MetricSource Source(PutMetricAlarmRequest request)
    {
        if (request.MetricName is null)
        {
            throw CloudWatchError.MissingParameter("MetricName");
        }

        if (request.Statistic is not null && request.ExtendedStatistic is not null)
        {
            throw CloudWatchError.InvalidParameterCombination("The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.");
        }

        return new MetricSource(
            ParameterRules.Metric(request.Namespace, request.MetricName, request.Dimensions, ""),
            ParameterRules.Unit(request.Unit, "Unit"),
            AlarmRules.Statistic(request.Statistic, request.ExtendedStatistic)
                ?? throw CloudWatchError.InvalidParameterCombination("One of the parameters Statistic and ExtendedStatistic must be specified."),
            Period(request.Period ?? throw CloudWatchError.MissingParameter("Period"), "Period"));
    }

    private static List<AlarmQuery> Queries(PutMetricAlarmRequest request)
    {
        var other = request switch
        {
            { MetricName: not null } => "MetricName",
            { Namespace: not null } => "Namespace",
            { Dimensions.Count: > 0 } => "Dimensions",
            { Period: not null } => "Period",
            { Unit: not null } => "Unit",
            { Statistic: not null } => "Statistic",
            { ExtendedStatistic: not null } => "ExtendedStatistic",
            _ => null,
        };
        return other is null
            ? AlarmMetricsValidator.Validate(request.Metrics)
            : throw CloudWatchError.InvalidParameterCombination($"The parameters Metrics and {other} are mutually exclusive and you have specified both.");
    }

    /// <summary>The periods an alarm may have: shorter ones are for reading only.</summary>
    public static int Period(int period, string parameter) => period is 10 or 20 or 30 || (period >= 60 && period % 60 == 0)
        ? period
        : throw CloudWatchError.ValidationError(FormattableString.Invariant($"The parameter {parameter} must be 10, 20, 30 or a multiple of 60, and is {period}."));

    private static AlarmComparison Comparison([NotNull] string? text) => text switch
    {
        null => throw CloudWatchError.MissingParameter("ComparisonOperator"),
        "GreaterThanOrEqualToThreshold" => AlarmComparison.GreaterThanOrEqualToThreshold,
        "GreaterThanThreshold" => AlarmComparison.GreaterThanThreshold,
        "LessThanThreshold" => AlarmComparison.LessThanThreshold,
        "LessThanOrEqualToThreshold" => AlarmComparison.LessThanOrEqualToThreshold,
        "LessThanLowerOrGreaterThanUpperThreshold" or "LessThanLowerThreshold" or "GreaterThanUpperThreshold" => throw CloudWatchError.InvalidParameterValue(
            $"The value {text} for parameter ComparisonOperator is for anomaly detection, which the local CloudWatch does not support."),
        _ => throw CloudWatchError.InvalidParameterValue(
            "The parameter ComparisonOperator must be a value in the set [ GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold, LessThanOrEqualToThreshold ]."),
    };

    private static MissingData Treatment(string? text) => text switch
    {
        null or "missing" => MissingData.Missing,
        "ignore" => MissingData.Ignore,
        "breaching" => MissingData.Breaching,
        "notBreaching" => MissingData.NotBreaching,
        _ => throw CloudWatchError.InvalidParameterValue("The parameter TreatMissingData must be a value in the set [ breaching, notBreaching, ignore, missing ]."),
    };

    private static string? LowSamples(string? text) => text is null or "evaluate" or "ignore"
        ? text
        : throw CloudWatchError.InvalidParameterValue("The parameter EvaluateLowSampleCountPercentile must be a value in the set [ evaluate, ignore ].");

    private static IReadOnlyList<string> Actions(IReadOnlyList<string> actions, string parameter)
    {
        if (actions.Count > MaximumActions)
        {
            throw NameRules.TooMany(parameter, MaximumActions);
        }

        foreach (var action in actions)
        {
            if (action.Length is 0 or > MaximumAction || !action.StartsWith("arn:", StringComparison.Ordinal) || action.Any(char.IsControl))
            {
                throw CloudWatchError.ValidationError($"Invalid arn syntax: {action}, in {parameter}.");
            }
        }

        return actions;
    }

    private static int AtLeastOne(int value, string parameter) => value >= 1
        ? value
        : throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant($"The parameter {parameter} must be greater than or equal to 1, and is {value}."));

    private static void Combinations(AlarmDefinition alarm)
    {
        if (alarm.DatapointsToAlarm > alarm.EvaluationPeriods)
        {
            throw CloudWatchError.ValidationError(FormattableString.Invariant(
                $"DatapointsToAlarm must be less than or equal to EvaluationPeriods, and is {alarm.DatapointsToAlarm} of {alarm.EvaluationPeriods}."));
        }

        var longest = alarm.Period < 3600 ? SecondsOfDay : SecondsOfWeek;
        if ((long)alarm.Period * alarm.EvaluationPeriods > longest)
        {
            throw CloudWatchError.ValidationError(FormattableString.Invariant(
                $"Metrics cannot be checked across more than {(longest == SecondsOfDay ? "a day" : "a week")} (EvaluationPeriods * Period must be <= {longest})."));
        }

        if (alarm.LowSampleCountPercentile is not null && alarm.Source is { Statistic.Kind: not StatisticKind.Percentile })
        {
            throw CloudWatchError.InvalidParameterCombination("The parameter EvaluateLowSampleCountPercentile is allowed only for a percentile in ExtendedStatistic.");
        }
    }
}
