using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>A meter provider of our own, apart from the application's, whose instruments are read on the calling thread.</summary>
internal sealed class OwnProvider : IDisposable
{
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    /// <param name="exporter">Receives what is read.</param>
    /// <param name="meters">The names of the meters to listen to.</param>
    /// <param name="views">What becomes of an instrument.</param>
    public OwnProvider(BaseExporter<Metric> exporter, string[] meters, params Func<Instrument, MetricStreamConfiguration?>[] views)
    {
        _reader = new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Delta };
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty())
            .SetExemplarFilter(ExemplarFilterType.AlwaysOff)
            .AddMeter(meters)
            .AddReader(_reader);
        foreach (var view in views)
        {
            builder.AddView(view);
        }

        _provider = builder.Build();
    }

    public void Collect() => _reader.Collect();

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
    }
}
