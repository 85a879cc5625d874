using FastScaling.Demo.Alarm;
using Spectre.Console;

namespace FastScaling.Demo.Display;

/// <summary>The end of a run: a table, and what its numbers mean.</summary>
internal static class SummaryTable
{
    public static void Write(IAnsiConsole console, DemoSummary summary, double threshold)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false };
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn(""));
        table.AddRow("Requests sent", Counts(summary));
        if (summary.Visits > 0)
        {
            table.AddRow("Requests of others", Wording.Count(summary.Visits));
        }

        table.AddRow("Sum of RequestsPerSecond", InCloudWatch(summary));
        table.AddRow("Application's own exporter", $"{Wording.Count(summary.SeenByOwnExporter)} requests, beside ours and untouched by it");
        table.AddRow("PutMetricData", $"{Wording.Count(summary.PutCalls)} calls accepted; of all calls {Wording.Count(summary.RefusedCalls)} refused");
        table.AddRow($"10-s average over {threshold:0}", Crossing(summary));
        console.Write(table);

        if (summary.WasStopped && summary.Finding is null)
        {
            return;
        }

        foreach (var note in Notes(summary, threshold))
        {
            console.WriteLine(note);
        }
    }

    private static string Counts(DemoSummary summary)
    {
        var unanswered = summary.Sent - summary.Answered;
        return $"{Wording.Count(summary.Sent)} in {Wording.Seconds(summary.Elapsed)}, "
            + (unanswered == 0 ? "all answered" : $"{Wording.Count(unanswered)} not answered")
            + (summary.HeldBack == 0 ? "" : $"; {Wording.Count(summary.HeldBack)} held back");
    }

    private static string InCloudWatch(DemoSummary summary) => summary.InCloudWatch is null
        ? "not compared: CloudWatch keeps one-second data for 3 hours"
        : Wording.Count(summary.InCloudWatch) + (summary.IsConserved ? ", equal: each request, once" : ", NOT EQUAL");

    private static string Crossing(DemoSummary summary) => summary.Finding is { } finding
        ? $"{Wording.Seconds(finding.VisibleAfter)} after the surge began, with {Wording.Number(finding.Average)}"
        : "not crossed in this run";

    private static IEnumerable<string> Notes(DemoSummary summary, double threshold)
    {
        var (rate, surgeRate) = (summary.Options.Rate, summary.Options.SurgeRate);
        yield return AlarmWatch.RiseTime(rate, surgeRate) is { } rise
            ? $"A 10-second average needs {Wording.Seconds(rise)} of {surgeRate} requests/s to rise from {rate} over {threshold:0}; the rest is "
              + "the second that has to end, and the exporter's interval of 5 s."
            : $"With {rate} requests/s and {surgeRate} in the surge, the average does not rise from below to over {threshold:0}.";
        if (summary.Finding is not null)
        {
            yield return $"{Wording.Seconds(summary.Finding.VisibleAfter)} is the time until the data show the surge here, not the time to ALARM on AWS: there an "
                + "alarm of 10 seconds is evaluated every 10 s, and CloudWatch's ingestion delay comes on top.";
        }
    }
}
