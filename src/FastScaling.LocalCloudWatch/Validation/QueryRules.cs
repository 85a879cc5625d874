using System.Text.RegularExpressions;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>The rules for metrics and expressions with ids, which GetMetricData and PutMetricAlarm share.</summary>
internal static partial class QueryRules
{
    private const int MaximumId = 255;

    public static string Id(string? id, string path)
    {
        if (id is null)
        {
            throw CloudWatchError.MissingParameter($"{path}.Id");
        }

        return id.Length <= MaximumId && IdPattern().IsMatch(id) ? id : throw CloudWatchError.ValidationError(
            $"The value {id} for parameter {path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$ of at most {MaximumId} characters.");
    }

    /// <summary>The metric of a query; null when it is an expression.</summary>
    public static MetricSource? Source(MetricDataQueryInput query, string path)
    {
        if (query.Expression is not null)
        {
            return query.MetricStat is null
                ? null
                : throw CloudWatchError.ValidationError($"The parameters {path}.Expression and {path}.MetricStat are mutually exclusive and you have specified both.");
        }

        var stat = query.MetricStat ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat");
        var metric = stat.Metric ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat.Metric");
        return new MetricSource(
            ParameterRules.Metric(metric.Namespace, metric.MetricName, metric.Dimensions, $"{path}.MetricStat.Metric."),
            ParameterRules.Unit(stat.Unit, $"{path}.MetricStat.Unit"),
            ParameterRules.Statistic(stat.Stat ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat.Stat"), $"{path}.MetricStat.Stat"),
            ParameterRules.Period(stat.Period, $"{path}.MetricStat.Period"));
    }

    public static string Expression(string text, string path) => text.Length is > 0 and <= MathParser.LongestText
        ? text
        : throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant(
            $"The parameter {path}.Expression must be 1 to {MathParser.LongestText} characters long, and has {text.Length}."));

    public static Exception BadExpression(string id, MathException error) => CloudWatchError.ValidationError(
        FormattableString.Invariant($"Error in expression '{id}' at position {error.Position}: {error.Message}"));

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
