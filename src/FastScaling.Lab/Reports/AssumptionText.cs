using System.Globalization;
using FastScaling.Lab.Replay;

namespace FastScaling.Lab.Reports;

/// <summary>The assumptions of a replay as a sentence.</summary>
internal static class AssumptionText
{
    public static string Of(ReplayAssumptions assumptions) => string.Create(
        CultureInfo.InvariantCulture,
        $"Assumed: data visible after {assumptions.IngestionDelayMinimum:0.##}-{assumptions.IngestionDelayMaximum:0.##} s, tasks running after {assumptions.StartTimeMinimum:0.##}-{assumptions.StartTimeMaximum:0.##} s, "
        + $"{assumptions.TaskCapacity:0.##} requests a second and task at {assumptions.ServiceTime:0.##} ms, goal {assumptions.LatencyGoal:0.##} ms, clients wait {assumptions.ClientTimeout:0.##} s, seed {assumptions.Seed}.");
}
