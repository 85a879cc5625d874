namespace FastScaling.Benchmarks.Gate;

/// <summary>What FastScaling adds to an application that has OpenTelemetry, against what a second standard reader adds.</summary>
internal sealed class AddedRecordingCheck(Budgets budgets, GateOptions options) : IGateCheck
{
    public IEnumerable<GateResult> Run()
    {
        using var plain = new RequestInstruments("Plain");
        using var plainListener = Listeners.Start(Listening.OpenTelemetry, plain.Meter);
        using var two = new RequestInstruments("TwoReaders");
        using var twoListener = Listeners.Start(Listening.OpenTelemetryTwoReaders, two.Meter);
        using var ours = new RequestInstruments();
        using var ourListener = Listeners.Start(Listening.OpenTelemetryAndFastScaling, ours.Meter);

        var rounds = new PairedMeasurement(options.Rounds, 10_000).Run(
            new Contender("OpenTelemetry", plain.Record),
            new Contender("OpenTelemetry with a second reader", two.Record),
            new Contender("OpenTelemetry and FastScaling", ours.Record));
        yield return GateResult.Of(
            budgets["recording-added-time"],
            PairedStatistics.RatioOfAdded(rounds[2].Nanoseconds, rounds[1].Nanoseconds, rounds[0].Nanoseconds));
        yield return GateResult.Report("  added per request by FastScaling", "ns", Added(rounds[2], rounds[0]));
        yield return GateResult.Report("  added per request by a second reader", "ns", Added(rounds[1], rounds[0]));
    }

    private static (double Median, Interval Interval) Added(ContenderRounds with, ContenderRounds without)
        => PairedStatistics.OfMedian([.. with.Nanoseconds.Zip(without.Nanoseconds, static (a, b) => a - b)]);
}
