using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// A meter provider of its own for the application's instruments that are published like signals. Apart from that of
/// the signals, because a callback that hangs holds up the whole collection.
/// </summary>
internal sealed class InstrumentCollector : IDisposable
{
    // The SDK's default: more only takes more memory.
    private const int MostSeriesOfAnInstrument = 2000;

    private readonly IReadOnlyList<InstrumentRule> _rules;
    private readonly IMeterFactory? _scope;
    private readonly int _maxSeries;
    private readonly MetricMapping _mapping;
    private readonly InstrumentExporter _exporter;
    private readonly OwnProvider _provider;

    /// <param name="settings">The options.</param>
    /// <param name="scope">
    /// The meter factory of the container that the instruments belong to. Those of another one are dropped; meters that
    /// belong to none are of the process. Null takes all.
    /// </param>
    public InstrumentCollector(ExporterSettings settings, IMeterFactory? scope)
    {
        _rules = settings.Instruments;
        _scope = scope;
        _maxSeries = settings.MaxSeries;
        _mapping = new MetricMapping(new MappingSettings
        {
            TagsOf = metric => RuleOf(metric.MeterName, metric.Name)?.Tags ?? [],
            SurgeThresholdOf = metric => RuleOf(metric.MeterName, metric.Name)?.SurgeThreshold,
            Durations = settings.DurationUnit,
            MaxSeries = settings.MaxSeries,
            HasZeros = true,
            DimensionBytes = settings.DimensionBytes,
            WatchedSince = TimeProvider.System.GetUtcNow(),
        });
        _exporter = new InstrumentExporter(_mapping);
        _provider = new OwnProvider(_exporter, [.. _rules.Select(rule => rule.Meter).Distinct()], ViewOf);
    }

    /// <summary>Reads the instruments, on the calling thread, and writes their data in blocks.</summary>
    public MappingCounts Collect(long second, bool isDraining, Func<Sample> rent, Action<Sample> add)
    {
        _provider.Collect();
        return _mapping.Write(second, isDraining, rent, add);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _exporter.Dispose();
    }

    private MetricStreamConfiguration ViewOf(Instrument instrument)
    {
        var scope = instrument.Meter.Scope;
        var isOfAnotherHost = _scope is not null && scope is IMeterFactory && !ReferenceEquals(scope, _scope);
        if (isOfAnotherHost || RuleOf(instrument.Meter.Name, instrument.Name) is not { } rule)
        {
            return MetricStreamConfiguration.Drop;
        }

        // What is observed, and the last value of a gauge, must not lose tags here: only one of several would be left.
        string[]? tags = instrument.IsObservable || IsGauge(instrument) ? null : [.. rule.Tags];
        int? limit = tags is null ? null : Math.Min(_maxSeries, MostSeriesOfAnInstrument);
        return IsHistogram(instrument)
            ? new Base2ExponentialBucketHistogramConfiguration
            {
                MaxSize = ExponentialHistogramMapping.MaxBuckets,
                TagKeys = tags,
                CardinalityLimit = limit,
            }
            : new MetricStreamConfiguration { TagKeys = tags, CardinalityLimit = limit };
    }

    private InstrumentRule? RuleOf(string meter, string instrument)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(meter, instrument))
            {
                return rule;
            }
        }

        return null;
    }

    private static bool IsHistogram(Instrument instrument) => instrument is
        Histogram<byte> or Histogram<short> or Histogram<int> or Histogram<long> or Histogram<float> or Histogram<double>;

    private static bool IsGauge(Instrument instrument) => instrument is
        Gauge<byte> or Gauge<short> or Gauge<int> or Gauge<long> or Gauge<float> or Gauge<double>;
}
