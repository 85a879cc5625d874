using FastScaling.Simulations.Reports;

namespace FastScaling.Simulations.Phases;

/// <summary>What many runs of a case came to, in seconds.</summary>
internal sealed record PhaseResult(
    string Case,
    int Runs,
    Quantiles Alarm,
    Quantiles FixedAlarm,
    Quantiles Sampled,
    Quantiles Accepted,
    Quantiles Visible,
    Quantiles Evaluated)
{
    public static PhaseResult Run(PhaseCase phaseCase, int runs, int seed)
    {
        var outcomes = Enumerable.Range(0, runs).AsParallel().AsOrdered().Select(i => PhaseRun.Run(phaseCase, seed + i)).ToArray();
        return new PhaseResult(
            phaseCase.Name,
            runs,
            Quantiles.Of(outcomes.Select(static outcome => outcome.Alarm)),
            Quantiles.Of(outcomes.Select(static outcome => outcome.FixedAlarm)),
            Quantiles.Of(outcomes.Select(static outcome => outcome.Sampled)),
            Quantiles.Of(outcomes.Select(static outcome => outcome.Accepted)),
            Quantiles.Of(outcomes.Select(static outcome => outcome.Visible)),
            Quantiles.Of(outcomes.Select(static outcome => outcome.Evaluated)));
    }
}
