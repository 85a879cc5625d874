using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// As <see cref="SurgeWatch"/>, for the application's instruments that have a threshold: each of their series has a level of
/// its own. A pure function of the data. Used by the instrument thread.
/// </summary>
internal sealed class InstrumentWatch(double quietBelow)
{
    /// <summary>No more series are looked at: what scales a service are few.</summary>
    internal const int MostSeries = 100;

    private readonly Dictionary<Series, SignalLevel> _levels = [];
    private readonly VerdictBuilder _verdict = new(quietBelow);

    /// <summary>Looks at the data of one collection, before they are given away.</summary>
    public void Observe(SeriesData data)
    {
        for (var i = 0; i < data.Count; i++)
        {
            if (data.SeriesOf(i).SurgeThreshold is { } threshold
                && TryGetValue(data, i, out var value)
                && LevelOf(data.SeriesOf(i), threshold) is { } level)
            {
                _verdict.Observe(level, value);
            }
        }
    }

    /// <summary>What the data since the last call say.</summary>
    public SurgeVerdict TakeVerdict() => _verdict.Take();

    private SignalLevel? LevelOf(Series series, double threshold)
    {
        if (!_levels.TryGetValue(series, out var level) && _levels.Count < MostSeries)
        {
            level = new SignalLevel(threshold, SignalNoise.Measure, series.IsOfEvents ? 2 : 1);
            _levels.Add(series, level);
        }

        return level;
    }

    /// <summary>The mean of the values, unless they are too few.</summary>
    private static bool TryGetValue(SeriesData data, int index, out double value)
    {
        (value, var count) = VerdictBuilder.MeanOf(data.ValuesOf(index), data.CountsOf(index));
        return !data.SeriesOf(index).IsOfEvents || count >= VerdictBuilder.FewestEvents;
    }
}
