using System.Diagnostics.CodeAnalysis;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>The rules that several operations on alarms share.</summary>
internal static class AlarmRules
{
    private const int MaximumName = 255;
    private const int MaximumNames = 100;
    private const int MaximumRecords = 100;

    /// <summary>1 to 255 characters, "and can't contain ASCII control characters".</summary>
    public static void Name([NotNull] string? name, string parameter)
    {
        if (name is null)
        {
            throw CloudWatchError.MissingParameter(parameter);
        }

        if (name.Length is 0 or > MaximumName || name.Any(char.IsControl))
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must be 1 to {MaximumName} characters long, without control characters.");
        }
    }

    public static void Names(IReadOnlyList<string> names, bool isRequired)
    {
        if (names.Count > MaximumNames)
        {
            throw NameRules.TooMany("AlarmNames", MaximumNames);
        }

        if (isRequired && names.Count == 0)
        {
            throw CloudWatchError.MissingParameter("AlarmNames");
        }

        for (var i = 0; i < names.Count; i++)
        {
            Name(names[i], $"AlarmNames.member.{i + 1}");
        }
    }

    public static int Records(int? most) => most is null or (>= 1 and <= MaximumRecords)
        ? most ?? MaximumRecords
        : throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant($"The parameter MaxRecords must be from 1 to {MaximumRecords}, and is {most}."));

    public static AlarmState State([NotNull] string? text)
    {
        if (text is null)
        {
            throw CloudWatchError.MissingParameter("StateValue");
        }

        return AlarmStates.Parse(text)
            ?? throw CloudWatchError.InvalidParameterValue("The parameter StateValue must be a value in the set [ OK, ALARM, INSUFFICIENT_DATA ].");
    }

    /// <summary>Whether metric alarms are asked for: there are no others here.</summary>
    public static bool AreMetricAlarms(IReadOnlyList<string> types)
    {
        foreach (var type in types)
        {
            if (type is not ("MetricAlarm" or "CompositeAlarm"))
            {
                throw CloudWatchError.InvalidParameterValue("The parameter AlarmTypes must have values in the set [ CompositeAlarm, MetricAlarm ].");
            }
        }

        return types.Count == 0 || types.Contains("MetricAlarm");
    }

    /// <summary>Null when neither is given.</summary>
    public static Statistic? Statistic(string? statistic, string? extended)
    {
        if (statistic is not null)
        {
            return Statistics.Statistic.Plain(statistic) ?? throw CloudWatchError.InvalidParameterValue(
                "The parameter Statistic must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ].");
        }

        if (extended is null)
        {
            return null;
        }

        var value = ParameterRules.Statistic(extended, "ExtendedStatistic");
        return value.Kind == StatisticKind.Percentile ? value : throw NameRules.Invalid(extended, "ExtendedStatistic");
    }
}
