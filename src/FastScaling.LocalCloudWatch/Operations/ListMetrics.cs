using System.Text;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

internal static class ListMetrics
{
    private const int PageSize = 500;
    private const int MaximumFilters = 10;

    public static ListMetricsReply Answer(ListMetricsRequest request, MetricStore store)
    {
        Validate(request);
        var metrics = store.List(
            metric => Matches(metric, request),
            request.RecentlyActive is null ? null : TimeSpan.FromHours(3),
            After(request.NextToken));
        return metrics.Count <= PageSize
            ? new ListMetricsReply(metrics, null)
            : new ListMetricsReply([.. metrics.Take(PageSize)], Token(metrics[PageSize - 1]));
    }

    private static void Validate(ListMetricsRequest request)
    {
        if (request.Namespace is not null)
        {
            NameRules.Namespace(request.Namespace, "Namespace");
        }

        if (request.MetricName is not null)
        {
            NameRules.MetricName(request.MetricName, "MetricName");
        }

        if (request.Dimensions.Count > MaximumFilters)
        {
            throw NameRules.TooMany("Dimensions", MaximumFilters);
        }

        for (var i = 0; i < request.Dimensions.Count; i++)
        {
            NameRules.DimensionName(request.Dimensions[i].Name, $"Dimensions.member.{i + 1}.Name");
            if (request.Dimensions[i].Value is { } value)
            {
                NameRules.DimensionValue(value, $"Dimensions.member.{i + 1}.Value");
            }
        }

        if (request.RecentlyActive is not (null or "PT3H"))
        {
            throw CloudWatchError.InvalidParameterValue("The parameter RecentlyActive must be a value in the set [ PT3H ].");
        }
    }

    // A metric may have more dimensions than the filters name.
    private static bool Matches(MetricIdentity metric, ListMetricsRequest request) =>
        (request.Namespace is null || request.Namespace == metric.Namespace)
        && (request.MetricName is null || request.MetricName == metric.Name)
        && request.Dimensions.All(filter => metric.Dimensions.Any(dimension =>
            dimension.Key == filter.Name && (filter.Value is null || dimension.Value == filter.Value)));

    // The token is the last metric of the page: metrics that come or go meanwhile neither repeat nor skip others.
    private static string Token(MetricIdentity last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last.Key));

    private static string After(string? token)
    {
        if (token is null)
        {
            return "";
        }

        var key = new byte[token.Length];
        return Convert.TryFromBase64String(token, key, out var length) && length > 0
            ? Encoding.UTF8.GetString(key, 0, length)
            : throw CloudWatchError.InvalidParameterValue("The parameter NextToken is invalid.");
    }
}
