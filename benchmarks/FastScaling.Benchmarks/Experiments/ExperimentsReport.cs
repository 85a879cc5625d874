using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastScaling.Benchmarks.Experiments.Outage;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Experiments;

/// <summary>Writes experiments.md for people and experiments.json for the charts.</summary>
internal static class ExperimentsReport
{
    public const string JsonName = "experiments.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Write(DirectoryInfo folder, ExperimentsOutcome outcome)
    {
        ReportFolder.Write(folder, "experiments.md", Markdown(outcome));
        ReportFolder.Write(folder, JsonName, JsonSerializer.Serialize(outcome, Options) + "\n");
    }

    public static ExperimentsOutcome Read(string path) =>
        JsonSerializer.Deserialize<ExperimentsOutcome>(File.ReadAllText(path), Options)!;

    private static string Markdown(ExperimentsOutcome outcome)
    {
        var text = new StringBuilder();
        text.AppendLine("# Experiments").AppendLine().AppendLine(ReportFolder.Environment()).AppendLine();
        text.AppendLine("## Starved thread pool").AppendLine();
        text.AppendLine("| publisher | export interval, s | starved for, s | calls while starved | longest gap, s | seconds with a sample | latest sample, s after its second |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var each in outcome.Starvation)
        {
            Line(text, $"| exporter | {each.ExportIntervalSeconds} | {each.StarvedSeconds:0.0} | {each.Exporter.CallsWhileStarved} | {each.Exporter.LongestGapSeconds:0.00} | {each.SampledSeconds} of {each.WholeSeconds} | {each.LongestAgeSeconds:0.00} |");
            Line(text, $"| PeriodicTimer and HttpClient | {each.ExportIntervalSeconds} | {each.StarvedSeconds:0.0} | {each.Conventional.CallsWhileStarved} | {each.Conventional.LongestGapSeconds:0.00} | | |");
        }

        text.AppendLine();
        Line(text, $"The slowest `Task.Run` in these processes waited {outcome.Starvation.Max(static each => each.LongestTaskRunSeconds):0.0} s for a thread.");
        text.AppendLine().AppendLine("## Outage of CloudWatch").AppendLine();
        text.AppendLine("Export interval 1 s, 200 requests a second to the service; the first row is the same time without an outage.").AppendLine();
        text.AppendLine("| endpoint | for, s | live heap before / at the end / after, KB | working set, MB | service p50 before / during, ms | service p99, ms | current again after, s | seconds lost | data of unknown fate | data dropped |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var each in outcome.Outages)
        {
            Row(text, each);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, OutageOutcome each)
    {
        var heap = Three(each, static state => state.HeapBytes / 1024.0);
        var workingSet = Three(each, static state => state.WorkingSetBytes / 1024.0 / 1024);
        var current = each.CurrentAgainSeconds is { } seconds ? seconds.ToString("0.0", CultureInfo.InvariantCulture) : "never";
        var (before, during) = (each.LatencyBefore, each.LatencyDuring);
        Line(text, $"| {Name(each.Kind)} | {each.OutageSeconds:0} | {heap} | {workingSet} | {before.P50:0.00} / {during.P50:0.00} | {before.P99:0.00} / {during.P99:0.00} | {current} | {each.LostSeconds} | {each.Unknown} | {each.Dropped} |");
    }

    private static string Name(OutageKind kind) => kind switch
    {
        OutageKind.None => "answers (no outage)",
        OutageKind.Refuses => "refuses connections",
        OutageKind.Hangs => "never answers",
        OutageKind.Fails => "answers 500",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Three(OutageOutcome each, Func<ServiceState, double> number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number(each.Before):0} / {number(each.AtEnd):0} / {number(each.After):0}");

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
