using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.Benchmarks.Threads;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks.Gate;

/// <summary>Two threads on one series: the duration of a request, in our view and in OpenTelemetry's own histogram without tags.</summary>
internal sealed class ContentionCheck(Budgets budgets, GateOptions options) : IGateCheck
{
    private static readonly TagList Tags = new()
    {
        { "url.scheme", "http" },
        { "http.request.method", "GET" },
        { "network.protocol.version", "1.1" },
        { "http.response.status_code", 200 },
        { "http.route", "/orders/{id}" },
    };

    public IEnumerable<GateResult> Run()
    {
        using var threads = new ThreadPair();
        using var ours = new RequestInstruments();
        using var ourListener = Listeners.Start(Listening.FastScaling, ours.Meter);
        using var theirs = new RequestInstruments("Plain");
        using var theirListener = Listeners.Start(Listening.OpenTelemetry, theirs.Meter);
        using var tagged = new RequestInstruments("Tagged");
        using var taggedListener = Listeners.Start(Listening.OpenTelemetry, tagged.Meter);

        // What our view is made of, one step at a time from OpenTelemetry's own histogram: where the distance comes from.
        using var delta = new RequestInstruments("Delta");
        using var deltaListener = Listeners.Start(Listening.OpenTelemetryDelta, delta.Meter);
        using var exponential = new RequestInstruments("Exponential");
        using var exponentialListener = Exponential(exponential.Meter.Name);

        // Long turns: the threads should meet for most of one, also where they are not started at the same instant.
        var rounds = new PairedMeasurement(options.Rounds, 100_000).Run(
            new Contender("FastScaling", operations => threads.Run(count => Record(ours.Duration, count), operations)),
            new Contender("OpenTelemetry", operations => threads.Run(count => Record(theirs.Duration, count), operations)),
            new Contender("FastScaling, with tags", operations => threads.Run(count => RecordTagged(ours.Duration, count), operations)),
            new Contender("OpenTelemetry, with tags", operations => threads.Run(count => RecordTagged(tagged.Duration, count), operations)),
            new Contender("OpenTelemetry, delta", operations => threads.Run(count => Record(delta.Duration, count), operations)),
            new Contender("OpenTelemetry, exponential", operations => threads.Run(count => Record(exponential.Duration, count), operations)));
        yield return GateResult.Of(budgets["contention-time"], PairedStatistics.Ratio(rounds[0].Nanoseconds, rounds[1].Nanoseconds));
        yield return GateResult.Report(
            "  ours with five tags to drop, against the same", "ratio", PairedStatistics.Ratio(rounds[2].Nanoseconds, rounds[1].Nanoseconds));
        yield return GateResult.Report(
            "  the same, against theirs with five tags", "ratio", PairedStatistics.Ratio(rounds[2].Nanoseconds, rounds[3].Nanoseconds));
        yield return GateResult.Report(
            "  OpenTelemetry with delta temporality", "ratio", PairedStatistics.Ratio(rounds[4].Nanoseconds, rounds[1].Nanoseconds));
        yield return GateResult.Report(
            "  OpenTelemetry with exponential buckets", "ratio", PairedStatistics.Ratio(rounds[5].Nanoseconds, rounds[1].Nanoseconds));
        yield return GateResult.Report("  two threads, OpenTelemetry", "ns", PairedStatistics.OfMedian(rounds[1].Nanoseconds));
    }

    private static MeterProvider Exponential(string meterName) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(meterName)
        .AddView("*", new Base2ExponentialBucketHistogramConfiguration())
        .AddReader(Listeners.StandardReader())
        .Build();

    private static void Record(Histogram<double> histogram, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            histogram.Record(0.0123);
        }
    }

    private static void RecordTagged(Histogram<double> histogram, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            histogram.Record(0.0123, Tags);
        }
    }
}
