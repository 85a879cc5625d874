using FastScaling.Benchmarks.Experiments.Outage;
using FastScaling.Benchmarks.Experiments.Starving;

namespace FastScaling.Benchmarks.Experiments;

/// <summary>All experiments of one run.</summary>
internal sealed record ExperimentsOutcome(IReadOnlyList<StarvationOutcome> Starvation, IReadOnlyList<OutageOutcome> Outages);
