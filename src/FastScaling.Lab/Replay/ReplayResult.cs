using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Replay;

/// <summary>A replay of one or several variants.</summary>
/// <param name="Traffic">The load.</param>
/// <param name="Assumptions">Of the base runs.</param>
/// <param name="HasRanges">Whether other assumptions were run too.</param>
/// <param name="Outcomes">In the order of the command line.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record ReplayResult(
    TrafficProfile Traffic, ReplayAssumptions Assumptions, bool HasRanges, IReadOnlyList<ReplayOutcome> Outcomes, TimeSpan Elapsed);
