using System.Diagnostics;
using System.Globalization;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Live;

/// <summary>A live run beside the replay of the same traffic: what really happened, and what the models say.</summary>
/// <param name="Replay">Both, as reports show them.</param>
/// <param name="Surges">What followed each surge, live.</param>
/// <param name="Predicted">The same in each of the replays, which differ in their seed.</param>
internal sealed record LabComparison(ReplayResult Replay, IReadOnlyList<SurgeResult> Surges, IReadOnlyList<IReadOnlyList<SurgeResult>> Predicted)
{
    /// <summary>How many replays are run: what is left to chance (phases of alarms and exporters, delays, start times) is drawn anew in each.</summary>
    public const int Replays = 25;

    /// <summary>Null when the run ended before its first second.</summary>
    public static LabComparison? Of(LabRun run)
    {
        if (run.Recorded() is not { Traffic.Count: > 0 } recorded)
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        var settings = run.Settings;
        var traffic = new TrafficProfile(settings.Traffic.Name, recorded.Traffic, []);
        SimulationResult[] results = [.. Enumerable.Range(1, Replays)
            .Select(seed => ClosedLoop.Run(run.Setup.Model(recorded.Traffic, recorded.Start, recorded.Surges, seed)))];
        var live = ReplayRunner.Summarize(run.Setup.Replay, traffic, recorded.Result);
        var replays = results.Select(result => ReplayRunner.Summarize(run.Setup.Replay, traffic, result)).ToArray();
        ReplayOutcome[] outcomes =
        [
            new(settings.Variant with { Name = "live" }, live, [live], recorded.Result, run.Setup.Notes),
            new(settings.Variant with { Name = "replay" }, replays[0], replays, results[0], [string.Create(CultureInfo.InvariantCulture, $"in brackets the range of {Replays} seeds")]),
        ];
        return new LabComparison(
            new ReplayResult(traffic, run.Setup.Assumptions, HasRanges: false, outcomes, clock.Elapsed),
            recorded.Result.Surges,
            [.. results.Select(static result => result.Surges)]);
    }

    /// <summary>The seconds from each surge, live and predicted, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        for (var i = 0; i < Surges.Count; i++)
        {
            var surge = i;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Surge at {Surges[i].Second} s: alarm after {Text(surge, static one => one.Detected)}, more tasks wanted after {Text(surge, static one => one.Scaled)}, first new task healthy after {Text(surge, static one => one.FirstTask)}.");
        }
    }

    /// <summary>The least and the most that the replays say; null when none says anything.</summary>
    public (double Low, double High)? Range(int surge, Func<SurgeResult, double?> value)
    {
        var values = Predicted.Where(run => surge < run.Count).Select(run => value(run[surge])).OfType<double>().ToArray();
        return values.Length == 0 ? null : (values.Min(), values.Max());
    }

    private string Text(int surge, Func<SurgeResult, double?> value)
    {
        var live = value(Surges[surge]) is { } seconds ? seconds.ToString("0.0 s", CultureInfo.InvariantCulture) : "–";
        return Range(surge, value) is { } range ? string.Create(CultureInfo.InvariantCulture, $"{live} (replay {range.Low:0} to {range.High:0} s)") : live;
    }
}
