using System.Globalization;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>The rules that several operations share.</summary>
internal static class ParameterRules
{
    // 2^360, in both directions.
    private static readonly double Largest = Math.ScaleB(1, 360);

    public static double InRange(double value, string parameter) =>
        Math.Abs(value) <= Largest ? value : throw NameRules.Invalid(value.ToString(CultureInfo.InvariantCulture), parameter);

    public static string? Unit(string? unit, string parameter)
    {
        if (unit is not null && StandardUnits.IndexOf(unit) < 0)
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must be a value in the set [ {StandardUnits.Listed} ].");
        }

        return unit;
    }

    public static MetricIdentity Metric(string? @namespace, string? name, IReadOnlyList<DimensionInput> dimensions, string prefix)
    {
        NameRules.Namespace(@namespace, $"{prefix}Namespace");
        NameRules.MetricName(name, $"{prefix}MetricName");
        return new MetricIdentity(@namespace, name, NameRules.Dimensions(dimensions, $"{prefix}Dimensions"));
    }

    public static int Period(int? period, string parameter) => period switch
    {
        null => throw CloudWatchError.MissingParameter(parameter),
        1 or 5 or 10 or 20 or 30 => period.Value,
        >= 60 when period % 60 == 0 => period.Value,
        _ => throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant(
            $"The parameter {parameter} must be 1, 5, 10, 20, 30 or a multiple of 60, and is {period}.")),
    };

    public static TimeRange Range(DateTimeOffset? start, DateTimeOffset? end)
    {
        if (start is null)
        {
            throw CloudWatchError.MissingParameter("StartTime");
        }

        if (end is null)
        {
            throw CloudWatchError.MissingParameter("EndTime");
        }

        return start < end
            ? TimeRange.Of(start.Value, end.Value)
            : throw CloudWatchError.InvalidParameterCombination("The parameter StartTime must be less than the parameter EndTime.");
    }

    public static Statistic Statistic(string name, string parameter)
    {
        if ((Statistics.Statistic.Plain(name) ?? Statistics.Statistic.Percentile(name)) is { } statistic)
        {
            return statistic;
        }

        throw Statistics.Statistic.IsKnownElsewhere(name)
            ? CloudWatchError.InvalidParameterValue($"The statistic {name} of parameter {parameter} is not supported by the local CloudWatch.")
            : NameRules.Invalid(name, parameter);
    }
}
