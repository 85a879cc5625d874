using System.Globalization;
using System.Text;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Soak;

/// <summary>Writes soak.md.</summary>
internal static class SoakReport
{
    public static void Write(DirectoryInfo folder, SoakOutcome outcome, IReadOnlyList<SoakCheck> checks) =>
        ReportFolder.Write(folder, "soak.md", Markdown(outcome, checks));

    private static string Markdown(SoakOutcome outcome, IReadOnlyList<SoakCheck> checks)
    {
        var text = new StringBuilder();
        text.AppendLine("# Soak run").AppendLine();
        Line(text, $"Made by `benchmarks/run soak --for {outcome.Duration.TotalMinutes:0.##}m`, begun {outcome.Begin:yyyy-MM-dd HH:mm} UTC. Load average at the end: {LoadAverage()}. Other work on the machine slows the services, but moves none of the bounds.");
        text.AppendLine().AppendLine(ReportFolder.Environment()).AppendLine();
        text.AppendLine(
            """
            Two processes of the unchanged [sample service](../../examples/FastScaling.SampleService) with the exporter's one line and its defaults, in a third process the local CloudWatch, real sockets between all.
            `soak-a` lives from the beginning to the end; `soak-b1` is stopped by SIGTERM, and `soak-b2` takes its place. What a service has served it counts by a listener of its own beside OpenTelemetry;
            what CloudWatch took, and what was lost in calls whose reply never came, is counted on the other side of the wire.
            """).AppendLine();
        Line(text, $"**{(checks.All(static check => check.IsMet) ? "All held." : "Not all held.")}** {outcome.Services.Sum(static service => service.Book.EndedRequests)} requests served; the load generator saw {outcome.Answered} answered and {outcome.Failed} failed.");
        text.AppendLine().AppendLine("| what | found | needed | |").AppendLine("|---|---|---|---|");
        foreach (var check in checks)
        {
            Line(text, $"| {check.Name} | {check.Found} | {check.Needed} | {(check.IsMet ? "held" : "**not held**")} |");
        }

        Plan(text, outcome);
        Figures(text, outcome);
        Services(text, outcome);
        return text.ToString();
    }

    private static void Plan(StringBuilder text, SoakOutcome outcome)
    {
        text.AppendLine().AppendLine("## What was done to it").AppendLine().AppendLine("| from, min | to, min | CloudWatch |").AppendLine("|---|---|---|");
        foreach (var phase in SoakPlan.Phases)
        {
            Line(text, $"| {phase.From * outcome.Duration.TotalMinutes:0.#} | {phase.To * outcome.Duration.TotalMinutes:0.#} | {Name(phase.Fault)} |");
        }

        text.AppendLine();
        Line(text, $"`soak-b1` was stopped after {SoakPlan.Restart * outcome.Duration.TotalMinutes:0.#} minutes. The load of each service repeats itself {SoakPlan.Cycles} times: 20 requests a second, 200, none, 40 slow ones (0.6 s), 60 of which every 20th is a bad one.");
        text.AppendLine();
        var calls = outcome.Books.SelectMany(static book => book.Calls).GroupBy(static pair => pair.Key).Select(static group => $"{group.Key} {group.Sum(static pair => pair.Value)}");
        Line(text, $"Calls that came in full, by what CloudWatch did to them: {string.Join(", ", calls)}.");
    }

    private static void Figures(StringBuilder text, SoakOutcome outcome)
    {
        text.AppendLine().AppendLine("## soak-a over time").AppendLine().AppendLine("Medians of samples every ten seconds; one row for each repetition of the load. Handles are without the connections of clients; the live heap is what a full collection leaves once a minute. CloudWatch holds all it was sent, and grows.").AppendLine();
        text.AppendLine("| from, min | resident, MB | live managed heap, MB | handles | threads | CPU, s | CloudWatch's process, MB |").AppendLine("|---|---|---|---|---|---|---|");
        for (var i = 0; i < SoakPlan.Cycles; i++)
        {
            var (from, to) = ((double)i / SoakPlan.Cycles, (i + 1.0) / SoakPlan.Cycles);
            var inside = outcome.Samples.Where(sample => sample.Moment >= from && sample.Moment < to).ToList();
            var cpu = inside.Count == 0 ? 0 : inside[^1].CpuSeconds - inside[0].CpuSeconds;
            Line(text, $"| {from * outcome.Duration.TotalMinutes:0.#} | {Of(static sample => sample.ResidentBytes / 1048576.0):0.0} | {Of(static sample => sample.HeapBytes / 1048576.0):0.0} | {Of(static sample => sample.Handles):0} | {Of(static sample => sample.Threads):0} | {cpu:0.0} | {SoakJudge.Median(outcome.CloudWatchSamples, from, to, static sample => sample.ResidentBytes / 1048576.0):0.0} |");

            double Of(Func<ProcessSample, double> figure) => SoakJudge.Median(outcome.Samples, from, to, figure);
        }
    }

    private static void Services(StringBuilder text, SoakOutcome outcome)
    {
        text.AppendLine().AppendLine("## What the services say").AppendLine().AppendLine("| service | requests served | data sampled | accepted | unknown | dropped | pending | collections | ended after SIGTERM within, s |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var service in outcome.Services)
        {
            var book = service.Book;
            Line(text, $"| {service.Name} | {book.EndedRequests} | {book.SampledData} | {book.Accepted} | {book.Unknown} | {book.Dropped} | {book.PendingData} | {book.Collections} | {service.Stopped.TotalSeconds:0.0} |");
        }

        foreach (var service in outcome.Services)
        {
            text.AppendLine();
            var logged = service.Logged.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"`{pair.Key}` {pair.Value}");
            Line(text, $"Logged by {service.Name}: {(service.Logged.Count == 0 ? "nothing" : string.Join(", ", logged))}.");
        }
    }

    private static string Name(SoakFault fault) => fault switch
    {
        SoakFault.Errors => "answers 500",
        SoakFault.Throttled => "throttles",
        SoakFault.Slow => "answers after 1.5 s",
        SoakFault.Hang => "never answers",
        SoakFault.Cut => "breaks off in its answer; takes every second call",
        SoakFault.Garbage => "answers with garbage; takes every second call",
        SoakFault.Down => "is not there: stopped by SIGTERM, connections are refused, a new process afterwards",
        _ => "takes all",
    };

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
