using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>Instruments of a meter of their own, an OpenTelemetry reader, and the mapping behind it.</summary>
internal sealed class MappedMetrics : IDisposable
{
    private readonly InstrumentExporter _exporter;
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private long _second = 1_795_000_000;

    public MappedMetrics(
        MetricReaderTemporalityPreference temporality = MetricReaderTemporalityPreference.Delta,
        string[]? tags = null,
        int maxSeries = 1000,
        bool hasZeros = false,
        Action<MeterProviderBuilder>? configure = null,
        Func<Metric, IReadOnlyList<string>>? tagsOf = null,
        double? surgeThreshold = null)
    {
        Mapping = new MetricMapping(new MappingSettings
        {
            TagsOf = tagsOf ?? (_ => tags ?? []),
            SurgeThresholdOf = _ => surgeThreshold,
            Durations = DurationUnit.Milliseconds,
            MaxSeries = maxSeries,
            HasZeros = hasZeros,
            WatchedSince = DateTimeOffset.UtcNow,
        });
        _exporter = new InstrumentExporter(Mapping);
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = temporality };
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(Meter.Name).AddReader(_reader);
        configure?.Invoke(builder);
        _provider = builder.Build();
    }

    public Meter Meter { get; } = new(new MeterOptions($"mapped.{Guid.NewGuid():N}"));

    public MetricMapping Mapping { get; }

    /// <summary>What the last collection could not publish as it was.</summary>
    public MappingCounts Counts { get; private set; }

    /// <summary>The blocks of the last collection.</summary>
    public List<Sample> Blocks { get; } = [];

    /// <summary>Collects, and gives the data by metric and dimensions, as "name{tag=value}"; a second one of the same name and tags as "name in unit".</summary>
    public Dictionary<string, MappedDatum> Collect(bool isDraining = false, TimeSpan? later = null)
    {
        _second += (long)(later?.TotalSeconds ?? 1);
        _reader.Collect();
        Blocks.Clear();
        Counts = Mapping.Write(_second, isDraining, () => new Sample(), Blocks.Add);
        var result = new Dictionary<string, MappedDatum>();
        foreach (var data in Blocks.Select(block => block.Others))
        {
            for (var i = 0; i < data.Count; i++)
            {
                var series = data.SeriesOf(i);
                var tags = string.Join(',', series.Dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}"));
                var name = series.MetricName + (tags.Length > 0 ? $"{{{tags}}}" : string.Empty);
                result.Add(
                    result.ContainsKey(name) ? $"{name} in {series.Unit}" : name,
                    new MappedDatum(series.Unit, data.ValuesOf(i).ToArray(), data.IsSingle(i) ? [1] : data.CountsOf(i).ToArray()));
            }
        }

        return result;
    }

    /// <summary>A counter of this name as the SDK has it.</summary>
    public Metric MetricOf(string name)
    {
        var found = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(Meter.Name).AddInMemoryExporter(found).Build();
        Meter.CreateCounter<long>(name).Add(1);
        provider.ForceFlush();
        return found.First(metric => metric.Name == name);
    }

    /// <summary>Collects, and gives the bytes that this thread has allocated for it, an upper bound of what is kept.</summary>
    public long CollectAndMeasure()
    {
        _second++;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _reader.Collect();
        Blocks.Clear();
        Mapping.Write(_second, isDraining: false, () => new Sample(), Blocks.Add);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
        Meter.Dispose();
    }
}
