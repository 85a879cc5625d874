using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>Sends at a fixed interval with a random phase; more rarely while it is quiet, and at once when the rate rises past a threshold, if so set.</summary>
internal sealed class IntervalPlan : IExportPlan
{
    // After a rise a few more times, until CloudWatch knows the new level.
    private const int SendsAfterRise = 3;

    private readonly ExporterModelSettings _settings;
    private readonly double _phase;
    private readonly double _jitter;
    private double _level;
    private int _sendsLeft;
    private int _lastSent;

    public IntervalPlan(ExporterModelSettings settings, Random random)
    {
        _settings = settings;
        _phase = random.NextDouble() * settings.ExportInterval;
        _jitter = random.NextDouble();
    }

    public double? SendAfter(int now, in TaskSample sample)
    {
        if (Rises(sample))
        {
            _sendsLeft = SendsAfterRise;
        }

        // A slow mean: what the rate was before it rose.
        _level += 0.1 * (sample.Arrivals - _level);
        if (_sendsLeft > 0)
        {
            _sendsLeft--;
            _lastSent = now;
            return _jitter;
        }

        var slot = now + (_phase % 1);
        var isDue = (now - (int)_phase) % _settings.ExportInterval == 0;
        var isQuiet = _settings.QuietInterval is { } quiet && sample.Arrivals < _settings.QuietBelow && sample.Queued == 0 && now - _lastSent < quiet;
        if (!isDue || isQuiet)
        {
            return null;
        }

        _lastSent = now;
        return slot - now;
    }

    private bool Rises(in TaskSample sample) =>
        _settings.SurgeThreshold is { } threshold && _sendsLeft == 0
        && ((sample.Arrivals > threshold && _level < threshold * 0.8) || (sample.Arrivals > threshold / 2 && sample.Arrivals > 2 * _level && sample.Arrivals - _level > 4 * Math.Sqrt(_level + 1)));
}
