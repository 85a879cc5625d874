using System.Globalization;
using System.Text;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>
/// Where a page of GetMetricData begins: at a query, a unit and, when the page before ended inside them, after a second. Data that arrive
/// between two pages therefore neither repeat nor skip others.
/// </summary>
internal readonly record struct MetricDataPage(int Query, int Unit, long? AfterSecond)
{
    public static MetricDataPage First => new(0, 0, null);

    public string ToToken(GetMetricDataRequest request) =>
        PageToken.Of(string.Create(CultureInfo.InvariantCulture, $"{Query}|{Unit}|{AfterSecond}"), Text(request));

    public static MetricDataPage FromToken(string token, GetMetricDataRequest request)
    {
        var parts = PageToken.After(token, Text(request)).Split('|');
        if (parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var query)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var unit)
            && (parts[2].Length == 0 | long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var after)))
        {
            return new MetricDataPage(query, unit, parts[2].Length == 0 ? null : after);
        }

        throw CloudWatchError.InvalidNextToken();
    }

    private static string Text(GetMetricDataRequest request)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{request.StartTime:O}|{request.EndTime:O}|{request.ScanBy}");
        foreach (var query in request.Queries)
        {
            var stat = query.MetricStat;
            text.Append(CultureInfo.InvariantCulture, $"|{query.Id}|{query.ReturnData}|{query.Label}|{query.Expression}|{stat?.Period}|{stat?.Stat}|{stat?.Unit}");
            if (stat?.Metric is { } metric)
            {
                text.Append('|').Append(ParameterRules.Metric(metric.Namespace, metric.MetricName, metric.Dimensions, "").Key);
            }
        }

        return text.ToString();
    }
}
