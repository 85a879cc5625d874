namespace FastScaling.Benchmarks.Gate;

/// <summary>What one request records, FastScaling alone against plain OpenTelemetry.</summary>
internal sealed class RequestRecordingCheck(Budgets budgets, GateOptions options) : IGateCheck
{
    public IEnumerable<GateResult> Run()
    {
        // OpenTelemetry subscribes by meter name in the whole process: another name keeps it from the first contender's
        // instruments. The scaling pipeline only takes those of its own host's meter factory.
        using var ours = new RequestInstruments();
        using var ourListener = Listeners.Start(Listening.FastScaling, ours.Meter);
        using var theirs = new RequestInstruments("Plain");
        using var theirListener = Listeners.Start(Listening.OpenTelemetry, theirs.Meter);
        using var floor = new RequestInstruments("Floor");
        using var floorListener = Listeners.Start(Listening.NoOpListener, floor.Meter);

        var rounds = new PairedMeasurement(options.Rounds, 10_000).Run(
            new Contender("FastScaling", ours.Record),
            new Contender("OpenTelemetry", theirs.Record),
            new Contender("no-op listener", floor.Record));
        if (!options.AllocationsOnly)
        {
            yield return GateResult.Of(budgets["recording-isolated-time"], PairedStatistics.Ratio(rounds[0].Nanoseconds, rounds[1].Nanoseconds));
            yield return GateResult.Report("  recorded per request, FastScaling", "ns", PairedStatistics.OfMedian(rounds[0].Nanoseconds));
            yield return GateResult.Report("  recorded per request, OpenTelemetry", "ns", PairedStatistics.OfMedian(rounds[1].Nanoseconds));
            yield return GateResult.Report("  recorded per request, no-op listener", "ns", PairedStatistics.OfMedian(rounds[2].Nanoseconds));
        }

        yield return GateResult.OfExact(budgets["recording-isolated-allocation"], rounds[0].BytesPerOperation);
    }
}
