using FastScaling.Simulations.Model;

namespace FastScaling.Simulations.Days;

/// <summary>The surges that a day really has, from what arrived.</summary>
internal sealed class DayEvents
{
    // What is nearer together than this is one surge; nothing is judged so near to a hole.
    private const int Apart = 60;

    // What is nearer to the threshold than this, as a part of it, is neither clearly above nor clearly below.
    private const double Margin = 0.1;

    private readonly double[] _means;
    private readonly bool[] _isMasked;

    /// <param name="arrivals">Requests by task and second.</param>
    /// <param name="isHole">Seconds that were not recorded.</param>
    public DayEvents(ushort[][] arrivals, bool[] isHole)
    {
        var seconds = isHole.Length;
        var window = (int)Alarm.Period;
        _means = new double[seconds + 1];
        _isMasked = new bool[seconds + 1];
        var sum = 0L;
        var sinceHole = int.MaxValue;
        for (var second = 0; second < seconds; second++)
        {
            sum += arrivals.Sum(task => (long)task[second]) - (second < window ? 0 : arrivals.Sum(task => (long)task[second - window]));
            _means[second + 1] = sum / (double)window / arrivals.Length;
            sinceHole = isHole[second] ? 0 : Math.Min(int.MaxValue - 1, sinceHole) + 1;
            _isMasked[second + 1] = sinceHole <= Apart;
        }

        // What no evaluation can be relied on to see, since it comes every ten seconds, is no surge.
        var (last, begin) = (-Apart, 0);
        for (var second = 1; second <= seconds; second++)
        {
            if (_means[second] <= Alarm.Threshold || _isMasked[second])
            {
                begin = 0;
                continue;
            }

            begin = begin == 0 ? second : begin;
            if (second - begin == window && begin - last >= Apart)
            {
                Surges.Add(begin);
                Clear.Add(_means[second] >= Alarm.Threshold * (1 + Margin));
            }

            last = second - begin >= window ? second : last;
        }
    }

    /// <summary>The ends of the first ten seconds of each surge whose mean by task was above the threshold, and stayed so for ten more.</summary>
    public List<int> Surges { get; } = [];

    public bool IsMasked(double at) => _isMasked[(int)at];

    /// <summary>For each surge, whether the ten seconds after its start had a mean clearly above the threshold; else the load hovers about it.</summary>
    public List<bool> Clear { get; } = [];

    /// <summary>Whether an alarm at this moment has a reason: within the data that it could have seen.</summary>
    public bool HasReason(double at) => Highest(at) > Alarm.Threshold;

    /// <summary>As <see cref="HasReason"/>, or the load was not clearly below the threshold.</summary>
    public bool IsNear(double at) => Highest(at) > Alarm.Threshold * (1 - Margin);

    private double Highest(double at) => _means.AsSpan(Math.Max(0, (int)at - 20)..(Math.Min(_means.Length - 1, (int)at + 1) + 1)).ToArray().Max();
}
