using System.Globalization;
using FastScaling.Lab.Replay;

namespace FastScaling.Lab.Reports;

/// <summary>One line of the comparison, for the terminal and the page.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its number in a run; null where there is none.</param>
/// <param name="Format">A .NET format.</param>
internal sealed record SummaryRow(string Label, Func<ReplaySummary, double?> Value, string Format)
{
    public static IReadOnlyList<SummaryRow> All { get; } =
    [
        new("surges in the traffic", run => run.Surges, "0"),
        new("surges that an alarm answered", run => run.Detected, "0"),
        new("detection, median", run => run.DetectionMedian, "0.0 's'"),
        new("detection, worst", run => run.DetectionWorst, "0.0 's'"),
        new("surges beyond the capacity", run => run.Overloads, "0"),
        new("enough capacity after, median", run => run.EnoughMedian, "0 's'"),
        new("enough capacity after, worst", run => run.EnoughWorst, "0 's'"),
        new("never enough capacity", run => run.NeverEnough, "0"),
        new("requests", run => run.Requests, "#,##0"),
        new("requests lost, each try counted", run => run.Lost, "#,##0"),
        new("requests over the latency goal", run => run.OverGoal, "#,##0"),
        new("waiting (request-seconds)", run => run.Queued, "#,##0"),
        new("most tasks", run => run.PeakTasks, "0"),
        new("tasks at the end", run => run.FinalTasks, "0"),
        new("task-hours", run => run.TaskHours, "#,##0.0"),
        new("reversals of direction", run => run.Reversals, "0"),
        new("reversals, most in 5 min", run => run.ReversalsInFiveMinutes, "0"),
        new("tasks replaced as unhealthy", run => run.Replaced, "0"),
        new("cost of the tasks", run => run.TaskCost, "'$'#,##0.00"),
        new("cost of calls, metrics, alarms", run => run.MetricCost, "'$'#,##0.00"),
    ];

    /// <summary>The base value, with the range behind it where runs differ.</summary>
    public string Text(ReplayOutcome outcome)
    {
        var text = Text(Value(outcome.Base));
        var values = outcome.Range.Select(Value).OfType<double>().ToArray();
        if (values.Length < 2)
        {
            return text;
        }

        var (low, high) = (Text(values.Min()), Text(values.Max()));
        return low == high ? text : $"{text} ({low} – {high})";
    }

    private string Text(double? value) => value is { } number ? number.ToString(Format, CultureInfo.InvariantCulture) : "–";
}
