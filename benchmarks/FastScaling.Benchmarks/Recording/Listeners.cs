using System.Diagnostics.Metrics;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>Makes those listen whom a benchmark asks for.</summary>
internal static class Listeners
{
    // Longer than any benchmark: what is measured is recording, not collecting.
    private const int CollectionInterval = 3_600_000;

    /// <summary>Null where nobody listens to the meter.</summary>
    public static IDisposable? Start(Listening listening, Meter meter)
    {
        var owned = new List<IDisposable>();
        switch (listening)
        {
            case Listening.NoOpListener:
                owned.Add(NoOp(instrument => ReferenceEquals(instrument.Meter, meter)));
                break;
            case Listening.OpenTelemetry:
            case Listening.OpenTelemetryAndFastScaling:
                owned.Add(OpenTelemetry(meter.Name, 1));
                break;
            case Listening.OpenTelemetryDelta:
                owned.Add(OpenTelemetry(meter.Name, 1, MetricReaderTemporalityPreference.Delta));
                break;
            case Listening.OpenTelemetryTwoReaders:
                owned.Add(OpenTelemetry(meter.Name, 2));
                break;
        }

        if (listening is Listening.FastScaling or Listening.FastScalingWithFailures or Listening.OpenTelemetryAndFastScaling)
        {
            var signals = listening == Listening.FastScalingWithFailures ? SignalMetric.Every : ScalingSignals.All;
            var collector = new SignalCollector((IMeterFactory)meter.Scope!, signals);
            collector.Open();
            owned.Add(collector);
        }

        return owned.Count == 0 ? null : new Owned(owned);
    }

    /// <summary>What the framework itself charges once anyone listens.</summary>
    public static MeterListener NoOp(Func<Instrument, bool> isWanted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (isWanted(instrument))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    /// <summary>The same for a web service: the instruments of its server and hosting layer that the scaling pipeline reads.</summary>
    public static MeterListener NoOpOfHost(IMeterFactory scope) => NoOp(instrument =>
        ReferenceEquals(instrument.Meter.Scope, scope)
        && instrument.Name is "http.server.request.duration" or "http.server.active_requests"
            or "kestrel.active_connections" or "kestrel.queued_connections" or "kestrel.queued_requests");

    public static PeriodicExportingMetricReader StandardReader(
        MetricReaderTemporalityPreference temporality = MetricReaderTemporalityPreference.Cumulative)
        => new(new EmptyExporter(), CollectionInterval) { TemporalityPreference = temporality };

    private static MeterProvider OpenTelemetry(
        string meterName,
        int readers,
        MetricReaderTemporalityPreference temporality = MetricReaderTemporalityPreference.Cumulative)
    {
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meterName);
        for (var i = 0; i < readers; i++)
        {
            builder.AddReader(StandardReader(temporality));
        }

        return builder.Build();
    }

    private sealed class Owned(List<IDisposable> owned) : IDisposable
    {
        public void Dispose() => owned.ForEach(static each => each.Dispose());
    }
}
