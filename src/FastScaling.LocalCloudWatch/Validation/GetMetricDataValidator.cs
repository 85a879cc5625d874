using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Validation;

internal static class GetMetricDataValidator
{
    /// <summary>The most data points one page may hold, and how many it holds when nothing is asked.</summary>
    public const int MaximumDatapoints = 100_800;

    private const int MaximumQueries = 500;

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
        var id = QueryRules.Id(query.Id, path);
        var source = QueryRules.Source(query, path);
        return new MetricDataQuery(
            id,
            query.Label ?? source?.Metric.Name ?? id,
            query.ReturnData ?? true,
            source,
            source is null ? QueryRules.Expression(query.Expression!, path) : null);
    }
}
