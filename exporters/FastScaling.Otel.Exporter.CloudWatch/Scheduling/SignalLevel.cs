namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// Tells a rise of one signal from its noise. A pure state machine over the values of successive samples.
/// </summary>
/// <remarks>
/// A value is a rise when it reaches half of the threshold and lies above the level of the past 20 samples or so by at least
/// five standard deviations and a quarter of the threshold. The deviation comes from the differences of successive values,
/// which a slow change of the level does not inflate and a level that goes back and forth does; it is never taken to
/// be less than what counts scatter by chance (Poisson). A rise then goes on for as long as there are new highs.
/// </remarks>
internal sealed class SignalLevel
{
    /// <summary>So many samples are looked at before a rise can be told: what a process starts with is no rise.</summary>
    internal const int Learning = 10;

    /// <summary>So many samples without a new high end a rise.</summary>
    internal const int FollowUps = 3;

    /// <summary>However it goes on, a rise ends after so many samples.</summary>
    internal const int LongestRise = 30;

    private const double Deviations = 5;
    private const double LevelMemory = 20;
    private const double NoiseMemory = 30;

    private readonly double _threshold;
    private readonly SignalNoise _kind;
    private readonly int _confirmations;
    private int _seen;
    private int _noiseSeen;
    private double _level;
    private double _noise;
    private double _previous;
    private int _above;
    private double _high;
    private int _sinceHigh;
    private int _rising;

    /// <param name="threshold">The threshold of the signal, above 0.</param>
    /// <param name="kind">How the signal scatters by its nature.</param>
    /// <param name="confirmations">How many values in a row must show a rise; 2 for signals in which one value alone says little.</param>
    public SignalLevel(double threshold, SignalNoise kind, int confirmations)
    {
        _threshold = threshold;
        _kind = kind;
        _confirmations = confirmations;
    }

    /// <summary>Whether the signal is rising, now that it has this value.</summary>
    public bool Observe(double value)
    {
        var deviation = Math.Sqrt(Variance);
        var isAbove = _seen >= Learning
            && value >= _threshold / 2
            && value - _level >= Math.Max(Deviations * deviation, _threshold / 4);
        _above = isAbove ? _above + 1 : 0;
        LearnNoise(value);

        if (_above >= _confirmations)
        {
            // From here on the new level is the known one.
            _level = value;
            _seen = Learning;
            _above = 0;
            _high = value;
            _sinceHigh = 0;
            _rising++;
        }
        else
        {
            LearnLevel(value);
            GoOn(value, deviation);
        }

        return _rising > 0;
    }

    /// <summary>Whether the value is far below the threshold.</summary>
    /// <param name="value">A value of the signal.</param>
    /// <param name="part">The part of the threshold that still counts as far below.</param>
    public bool IsQuiet(double value, double part) => value < _threshold * part;

    private double Variance => Math.Max(_noise, _kind == SignalNoise.Count ? Math.Max(_level, 1) : _level * _level / 100);

    private void GoOn(double value, double deviation)
    {
        if (_rising == 0)
        {
            return;
        }

        _rising++;
        _sinceHigh++;
        if (value > _high + (deviation / 2))
        {
            _high = value;
            _sinceHigh = 0;
        }

        if (_sinceHigh > FollowUps || _rising > LongestRise)
        {
            _rising = 0;
        }
    }

    private void LearnLevel(double value)
    {
        _seen++;

        // Right after a rise the level is the mean of few values, so that it settles quickly.
        _level += (value - _level) / Math.Min(_seen, LevelMemory);
    }

    private void LearnNoise(double value)
    {
        if (_seen > 0)
        {
            var difference = value - _previous;
            _noiseSeen++;
            _noise += ((difference * difference / 2) - _noise) / Math.Min(_noiseSeen, NoiseMemory);
        }

        _previous = value;
    }
}
