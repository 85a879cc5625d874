using System.Text.RegularExpressions;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Validation;

internal static partial class GetMetricDataValidator
{
    /// <summary>The most data points one page may hold, and how many it holds when nothing is asked.</summary>
    public const int MaximumDatapoints = 100_800;

    private const int MaximumQueries = 500;
    private const int MaximumId = 255;

    public static List<MetricDataQuery> Queries(GetMetricDataRequest request)
    {
        if (request.Queries.Count == 0)
        {
            throw CloudWatchError.MissingParameter("MetricDataQueries");
        }

        if (request.Queries.Count > MaximumQueries)
        {
            throw NameRules.TooMany("MetricDataQueries", MaximumQueries);
        }

        if (request.MaxDatapoints is < 1 or > MaximumDatapoints)
        {
            throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant(
                $"The parameter MaxDatapoints must be from 1 to {MaximumDatapoints}, and is {request.MaxDatapoints}."));
        }

        var queries = new List<MetricDataQuery>(request.Queries.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Queries.Count; i++)
        {
            var query = Query(request.Queries[i], $"MetricDataQueries.member.{i + 1}");
            queries.Add(ids.Add(query.Id)
                ? query
                : throw CloudWatchError.ValidationError($"The values for parameter id in MetricDataQueries are not unique: {query.Id}."));
        }

        return queries;
    }

    public static bool IsAscending(string? scanBy) => scanBy switch
    {
        null or "TimestampDescending" => false,
        "TimestampAscending" => true,
        _ => throw CloudWatchError.InvalidParameterValue("The parameter ScanBy must be a value in the set [ TimestampDescending, TimestampAscending ]."),
    };

    private static MetricDataQuery Query(MetricDataQueryInput query, string path)
    {
        var id = query.Id ?? throw CloudWatchError.MissingParameter($"{path}.Id");
        if (id.Length > MaximumId || !IdPattern().IsMatch(id))
        {
            throw CloudWatchError.ValidationError(
                $"The value {id} for parameter {path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$ of at most {MaximumId} characters.");
        }

        if (query.Expression is not null)
        {
            throw CloudWatchError.ValidationError($"The parameter {path}.Expression is set: metric math is not supported yet by the local CloudWatch.");
        }

        var stat = query.MetricStat ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat");
        var metric = stat.Metric ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat.Metric");
        var identity = ParameterRules.Metric(metric.Namespace, metric.MetricName, metric.Dimensions, $"{path}.MetricStat.Metric.");
        return new MetricDataQuery(
            id,
            query.Label ?? identity.Name,
            query.ReturnData ?? true,
            identity,
            ParameterRules.Unit(stat.Unit, $"{path}.MetricStat.Unit"),
            ParameterRules.Period(stat.Period, $"{path}.MetricStat.Period"),
            ParameterRules.Statistic(
                stat.Stat ?? throw CloudWatchError.MissingParameter($"{path}.MetricStat.Stat"),
                $"{path}.MetricStat.Stat"));
    }

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
