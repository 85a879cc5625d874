using System.Globalization;
using System.Net;
using System.Text.Json;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Reports;

/// <summary>Writes a replay as one HTML file. Styles, scripts and data are in it, and a policy in its head forbids it any network.</summary>
internal static class HtmlReport
{
    private const int MaxEvents = 400;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(TextWriter writer, ReplayResult result)
    {
        var charts = Chart.All(result);
        var title = $"Replay of {string.Join(", ", result.Outcomes.Select(outcome => outcome.Variant.Name))}";
        writer.Write(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
            <title>{Encode(title)}</title>
            <style>{Asset("uPlot.min.css")}
            {Asset("report.css")}</style>
            </head>
            <body>
            <h1>{Encode(title)}</h1>
            <p>{Encode(TrafficText(result))}</p>
            <p>{Encode(AssumptionText.Of(result.Assumptions))} Models and not AWS: compare variants, and measure your own service.</p>

            """);
        WriteSummary(writer, result);
        for (var i = 0; i < charts.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<h2>{Encode(charts[i].Title)}</h2>\n<div class=\"chart\" id=\"chart-{i}\"></div>\n"));
        }

        foreach (var outcome in result.Outcomes)
        {
            WriteSurges(writer, outcome);
            WriteEvents(writer, outcome);
        }

        var step = Chart.SecondsPerPoint(result.Traffic.Seconds);
        var data = new { Time = Enumerable.Range(0, (result.Traffic.Seconds + step - 1) / step).Select(point => point * step), Charts = charts };
        writer.Write($"<script type=\"application/json\" id=\"data\">{JsonSerializer.Serialize(data, Options)}</script>\n");
        writer.Write($"<script>{Asset("uPlot.iife.min.js")}</script>\n<script>{Asset("report.js")}</script>\n</body>\n</html>\n");
    }

    private static string TrafficText(ReplayResult result)
    {
        var traffic = result.Traffic;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Traffic: {traffic.Name}, {TimeSpan.FromSeconds(traffic.Seconds)}, mean {traffic.Mean:0.0} and at most {traffic.Highest} requests a second{(traffic.MaskedSeconds > 0 ? $", {traffic.MaskedSeconds} s without a recording" : "")}. Each point of the charts is {Chart.SecondsPerPoint(traffic.Seconds)} s: the worst in it.");
    }

    private static void WriteSummary(TextWriter writer, ReplayResult result)
    {
        writer.Write("<div class=\"scroll\"><table>\n<thead><tr><th></th>");
        for (var i = 0; i < result.Outcomes.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<th><span class=\"key\" style=\"background:var(--c{1 + (i % 5)})\"></span>{Encode(result.Outcomes[i].Variant.Name)}</th>"));
        }

        writer.Write("</tr></thead>\n<tbody>\n");
        foreach (var row in SummaryRow.All)
        {
            writer.Write($"<tr><td>{Encode(row.Label)}</td>{string.Concat(result.Outcomes.Select(outcome => $"<td>{Encode(row.Text(outcome))}</td>"))}</tr>\n");
        }

        writer.Write("</tbody>\n</table></div>\n");
        if (result.HasRanges)
        {
            writer.Write("<p>In brackets: the range over favourable and unfavourable assumptions (data after 1 s or 4 to 10 s, tasks after 23 to 30 s or 57 to 90 s).</p>\n");
        }

        foreach (var outcome in result.Outcomes.Where(outcome => outcome.Notes.Count > 0))
        {
            writer.Write($"<ul>{string.Concat(outcome.Notes.Select(note => $"<li>{Encode($"{outcome.Variant.Name}: {note}")}</li>"))}</ul>\n");
        }
    }

    private static void WriteSurges(TextWriter writer, ReplayOutcome outcome)
    {
        if (outcome.Result.Surges.Count == 0)
        {
            return;
        }

        writer.Write($"<details><summary>{Encode(outcome.Variant.Name)}: {outcome.Result.Surges.Count} surges</summary>\n<table><thead><tr><th>at</th><th>alarm after</th><th>desired count after</th><th>first new task after</th><th>enough capacity after</th></tr></thead><tbody>\n");
        foreach (var surge in outcome.Result.Surges)
        {
            writer.Write($"<tr><td>{Clock(surge.Second)}</td><td>{Seconds(surge.Detected)}</td><td>{Seconds(surge.Scaled)}</td><td>{Seconds(surge.FirstTask)}</td><td>{(surge.EnoughCapacity is 0 ? "always enough" : Seconds(surge.EnoughCapacity))}</td></tr>\n");
        }

        writer.Write("</tbody></table></details>\n");
    }

    private static void WriteEvents(TextWriter writer, ReplayOutcome outcome)
    {
        var events = outcome.Result.Timeline.Where(one => one.Kind != SimulationEventKind.Task).ToArray();
        writer.Write($"<details><summary>{Encode(outcome.Variant.Name)}: {Math.Min(events.Length, MaxEvents)} of {events.Length} events</summary>\n<table><tbody>\n");
        foreach (var one in events.Take(MaxEvents))
        {
            writer.Write($"<tr><td>{Clock(one.Seconds)}</td><td>{one.Kind}</td><td>{Encode(one.Text)}</td></tr>\n");
        }

        writer.Write("</tbody></table></details>\n");
    }

    private static string Clock(double seconds) => TimeSpan.FromSeconds(Math.Floor(seconds)).ToString("c", CultureInfo.InvariantCulture);

    private static string Seconds(double? seconds) => seconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s") : "–";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"report/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
