using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
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
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Query}|{Unit}|{AfterSecond}|{Fingerprint(request)}")));

    public static MetricDataPage FromToken(string token, GetMetricDataRequest request)
    {
        var decoded = new byte[token.Length];
        if (Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, decoded, out var length))
        {
            var parts = Encoding.UTF8.GetString(decoded, 0, length).Split('|');
            if (parts.Length == 4
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var query)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var unit)
                && (parts[2].Length == 0 | long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var after))
                && parts[3] == Fingerprint(request))
            {
                return new MetricDataPage(query, unit, parts[2].Length == 0 ? null : after);
            }
        }

        throw CloudWatchError.InvalidNextToken();
    }

    // A token continues the request it came from, and no other.
    private static string Fingerprint(GetMetricDataRequest request)
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

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }
}
