using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastScaling.Simulations.Days;
using FastScaling.Simulations.Fleets;
using FastScaling.Simulations.Phases;
using FastScaling.Simulations.Uneven;

namespace FastScaling.Simulations.Reports;

/// <summary>All that the simulations found.</summary>
internal sealed record SimulationReport(
    IReadOnlyList<PhaseResult> Phases,
    IReadOnlyList<UnevenResult> Uneven,
    IReadOnlyList<AlarmResult> Alarms,
    IReadOnlyList<DayResult> Days,
    IReadOnlyList<FleetResult> Fleets)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "simulations.json"), JsonSerializer.Serialize(this, Json) + "\n");
        File.WriteAllText(Path.Combine(folder, "simulations.md"), ToMarkdown());
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder();
        Line($"# Simulations");
        Line($"");
        Line($"Made by `benchmarks/run simulations` with fixed seeds; the product's own sampling, surge decision and schedule in simulated time. What it shows and what not: [docs/scale-in-time.md](../../docs/scale-in-time.md). In every run it was checked that there is one sample a second and that no request is lost.");
        Line($"");
        Line($"## From surge to ALARM, seconds");
        Line($"");
        Line($"Threshold 100, Average of 10 s, evaluated every 10 s, ingestion 2 s unless said otherwise; random phases of surge, export and evaluation. Beside it the fixed publisher: every 5 s one average, stamped when sent. “missed”: not seen within 80 s.");
        Line($"");
        Line($"| case | runs | median | 90 % | 99 % | missed | fixed: median | 99 % | missed |");
        Line($"|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Phases)
        {
            Line($"| {row.Case} | {row.Runs} | {row.Alarm.Median:0.0} | {row.Alarm.P90:0.0} | {row.Alarm.P99:0.0} | {row.Alarm.Missing} | {row.FixedAlarm.Median:0.0} | {row.FixedAlarm.P99:0.0} | {row.FixedAlarm.Missing} |");
        }

        Line($"");
        Line($"Its parts, median and 99 %: until a sample shows it; until that is accepted; until an evaluation would find it (ingestion, and enough seconds in the average); until the evaluation.");
        Line($"");
        Line($"| case | sample | acceptance | visible | evaluation |");
        Line($"|---|---|---|---|---|");
        foreach (var row in Phases)
        {
            Line($"| {row.Case} | {Pair(row.Sampled)} | {Pair(row.Accepted)} | {Pair(row.Visible)} | {Pair(row.Evaluated)} |");
        }

        Line($"");
        Line($"## Steady uneven load");
        Line($"");
        Line($"The mean of the tasks is below the threshold all the time: each alarm is false. Percent of the evaluations that find a breach, in what they can see (± 95 %) and in the end.");
        Line($"");
        Line($"| loads | published | hours | breaches seen | in the end | alarms an hour | surge calls an hour and task |");
        Line($"|---|---|---|---|---|---|---|");
        foreach (var row in Uneven)
        {
            Line($"| {row.Case} | {row.Publishing} | {row.Hours:0} | {row.Visible:0.0} ± {row.VisibleError:0.0} | {row.InTheEnd:0.00} | {row.AlarmsPerHour:0.0} | {row.ExtraCallsPerHour:0.00} |");
        }

        Line($"");
        Line($"### What the settings of the alarm do about it");
        Line($"");
        Line($"False: two tasks at 150 and 40 requests a second, percent of the evaluations. Delay: the sharp surge above, seconds to ALARM.");
        Line($"");
        Line($"| alarm | false | fixed: false | ± | delay: median | 99 % | fixed: median | 99 % |");
        Line($"|---|---|---|---|---|---|---|---|");
        foreach (var row in Alarms)
        {
            Line($"| {row.Alarm} | {row.False:0.0} | {row.FixedFalse:0.0} | {row.Error:0.0} | {row.Delay.Median:0.0} | {row.Delay.P99:0.0} | {row.FixedDelay.Median:0.0} | {row.FixedDelay.P99:0.0} |");
        }

        Line($"");
        Line($"## A day of 20 tasks, median 25 requests a second and task");
        Line($"");
        Line($"Detection is from the moment at which the mean of the last 10 s has crossed the threshold; “later” compares surge by surge with surge flush alone. Clear surges: the ten seconds after have a mean at least a tenth above the threshold; the others hover about it. Far: false alarms while the load was more than a tenth below the threshold. Dollars: list price of calls, us-east-1.");
        Line($"");
        Line($"| day | published | calls a task | of fixed | for surges | $ a month and task | surges × phases | median | worst | missed | clear: median | worst | false alarms a day | far | later |");
        Line($"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Days)
        {
            var all = Days.First(day => day.Day == row.Day).CallsPerTask;
            Line($"| {row.Day} | {row.Publishing} | {row.CallsPerTask:0} | {row.CallsPerTask / all:P0} | {row.ExtraCallsPerTask:0} | {row.DollarsPerMonth:0.00} | {row.Surges} | {row.Detection.Median:0.0} | {row.Detection.Max:0.0} | {row.Detection.Missing} | {row.Clear.Median:0.0} | {row.Clear.Max:0.0} | {row.FalseAlarms:0.0} | {row.FarAlarms:0.0} | {(row.Later == 0 ? "0" : Invariant($"{row.Later}, by up to {row.LatestBy:0} s"))} |");
        }

        Line($"");
        Line($"## Large fleets, quota of 500 calls a second");
        Line($"");
        Line($"All tasks start within one second; the excess is throttled; at the end the load of the whole fleet quadruples at once. Ages of the newest accepted sample, seconds, and the limit of three times the fair share. Error of the service's average, percent, at the 99th percentile of alarm periods in steady state.");
        Line($"");
        Line($"| tasks | limit | oldest while starting | oldest in steady state | oldest in the surge | median age | 99 % | calls/s | throttled | error seen | error in the end | surge to visible |");
        Line($"|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Fleets)
        {
            Line($"| {row.Tasks} | {row.FairShare * 3:0} | {row.OldestStarting:0} | {row.Oldest:0} | {row.OldestInSurge:0} | {row.Age.Median:0} | {row.Age.P99:0} | {row.CallsPerSecond:0} | {row.Throttled:0.0} % | {row.ErrorVisible.P99:0.00} | {row.ErrorInTheEnd.P99:0.00} | {row.SurgeToAlarm:0.0} |");
        }

        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Pair(Quantiles values) => Invariant($"{values.Median:0.0} / {values.P99:0.0}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
