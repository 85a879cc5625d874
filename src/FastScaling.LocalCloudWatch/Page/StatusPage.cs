using System.Globalization;
using System.Net;
using System.Text;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Hosting;

namespace FastScaling.LocalCloudWatch.Page;

/// <summary>What the server holds, for a person: one page without scripts or anything from elsewhere.</summary>
internal sealed class StatusPage
{
    private const int MostSeries = 500;

    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="5">
        <link rel="icon" href="data:,">
        <title>Local CloudWatch</title>
        <style>
        :root { color-scheme: light dark; --line: #d5d9e0; --quiet: #5b6472; --error: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --line: #3a404b; --quiet: #a0a9b8; --error: #ff8a80; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
        h1 { font-size: 1.5rem; margin: 0; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        p { margin: .25rem 0; }
        .quiet { color: var(--quiet); }
        .error { color: var(--error); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; color: var(--quiet); vertical-align: bottom; }
        .number { text-align: right; white-space: nowrap; }
        @media (max-width: 40rem) {
          thead { display: none; }
          tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
          td, td.number { display: flex; overflow-wrap: anywhere; gap: .75rem; justify-content: space-between; text-align: right; white-space: normal; border: 0; padding: .1rem 0; }
          td::before { content: attr(data-name); color: var(--quiet); text-align: left; white-space: nowrap; }
        }
        </style>
        </head>
        <body>
        <h1>Local CloudWatch</h1>

        """;

    private readonly CloudWatchModel _model;
    private readonly CallLog _calls;

    public StatusPage(CloudWatchModel model, CallLog calls)
    {
        _model = model;
        _calls = calls;
    }

    public string Render()
    {
        var html = new StringBuilder(Head);
        html.Append(CultureInfo.InvariantCulture, $"<p>{_calls.Accepted:N0} calls accepted, {_calls.Rejected:N0} refused.</p>\n");
        Alarms(html, _model.Alarms.List(static _ => true));
        Series(html, _model.Store.Snapshot());
        Errors(html, _calls.LastErrors());
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Alarms(StringBuilder html, IReadOnlyList<AlarmSnapshot> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        html.Append("<h2>Alarms</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Alarm</th><th>State</th><th>Since (UTC)</th><th>Reason</th></tr></thead>\n<tbody>\n");
        foreach (var alarm in all.Take(MostSeries))
        {
            html.Append("<tr>");
            Cell(html, "Alarm", alarm.Definition.Name);
            Cell(html, "State", AlarmStates.Text(alarm.State), alarm.State == AlarmState.Alarm ? "error" : null);
            Cell(html, "Since (UTC)", alarm.StateUpdatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            Cell(html, "Reason", alarm.StateReason);
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        if (all.Count > MostSeries)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">The first {MostSeries} of {all.Count:N0} alarms are shown.</p>\n");
        }
    }

    private static void Series(StringBuilder html, IReadOnlyList<LocalCloudWatchSeries> all)
    {
        if (all.Count == 0)
        {
            html.Append("<p class=\"quiet\">No data yet. Publish with PutMetricData to this address.</p>\n");
            return;
        }

        foreach (var group in all.Take(MostSeries).GroupBy(static series => series.Namespace, StringComparer.Ordinal))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(group.Key)}</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Metric</th><th>Dimensions</th>");
            html.Append("<th class=\"number\">Newest value</th><th>Unit</th><th>Newest time (UTC)</th><th class=\"number\">Resolution</th><th class=\"number\">Data points</th></tr></thead>\n<tbody>\n");
            foreach (var series in group)
            {
                Row(html, series);
            }

            html.Append("</tbody></table></div>\n");
        }

        if (all.Count > MostSeries)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">The first {MostSeries} of {all.Count:N0} series are shown.</p>\n");
        }
    }

    private static void Row(StringBuilder html, LocalCloudWatchSeries series)
    {
        var newest = series.DataPoints.Count == 0 ? null : series.DataPoints[^1];
        html.Append("<tr>");
        Cell(html, "Metric", series.MetricName);
        Cell(html, "Dimensions", string.Join(", ", series.Dimensions.Select(static dimension => $"{dimension.Key}={dimension.Value}")));
        Cell(html, "Newest value", newest?.Average.ToString("G6", CultureInfo.InvariantCulture) ?? "–", "number");
        Cell(html, "Unit", series.Unit);
        Cell(html, "Newest time (UTC)", newest?.Timestamp.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–");
        Cell(html, "Resolution", $"{series.StorageResolution} s", "number");
        Cell(html, "Data points", series.DataPoints.Count.ToString("N0", CultureInfo.InvariantCulture), "number");
        html.Append("</tr>\n");
    }

    private static void Errors(StringBuilder html, IReadOnlyList<RejectedCall> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        html.Append("<h2>Last refusals</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Time (UTC)</th><th>Status</th><th>Code</th><th>Message</th></tr></thead>\n<tbody>\n");
        foreach (var error in errors)
        {
            html.Append("<tr>");
            Cell(html, "Time (UTC)", error.RejectedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            Cell(html, "Status", error.StatusCode.ToString(CultureInfo.InvariantCulture));
            Cell(html, "Code", error.Code, "error");
            Cell(html, "Message", error.Message.Length <= 500 ? error.Message : $"{error.Message[..500]}…");
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static void Cell(StringBuilder html, string name, string value, string? style = null)
    {
        var attribute = style is null ? "" : $" class=\"{style}\"";
        html.Append(CultureInfo.InvariantCulture, $"<td data-name=\"{name}\"{attribute}>{Text(value)}</td>");
    }

    private static string Text(string value) => WebUtility.HtmlEncode(value);
}
