namespace FastScaling.Demo.Load;

/// <summary>Which rate is due when: a pure function of the time since the load began.</summary>
internal sealed class LoadPlan
{
    private readonly double _surgeStart;
    private readonly double _surgeEnd;
    private readonly double _length;
    private readonly double _rate;
    private readonly double _surgeRate;
    private readonly bool _repeats;

    public LoadPlan(DemoOptions options)
    {
        _rate = options.Rate;
        _surgeRate = options.SurgeRate;
        _length = options.Duration.TotalSeconds;
        _surgeStart = options.SurgeAfter.TotalSeconds;
        _surgeEnd = _surgeStart + ((_length - _surgeStart) * 2 / 3);
        _repeats = options.Serve;
        End = options.Serve ? TimeSpan.MaxValue : options.Duration;
    }

    /// <summary>When the load ends; never when it serves.</summary>
    public TimeSpan End { get; }

    public LoadPhase PhaseAt(TimeSpan elapsed) => PhaseAt(elapsed.TotalSeconds - RoundAt(elapsed));

    public double RateAt(TimeSpan elapsed) => RateOf(PhaseAt(elapsed));

    /// <summary>When the newest surge began that this time has seen.</summary>
    public TimeSpan? LastSurgeStart(TimeSpan elapsed) => LastOf(_surgeStart, elapsed);

    /// <summary>When the newest surge ended that this time has seen.</summary>
    public TimeSpan? LastSurgeEnd(TimeSpan elapsed) => LastOf(_surgeEnd, elapsed);

    /// <summary>When each request is due: evenly paced at the rate of its time, shaken by up to a quarter of the distance to the next.</summary>
    public IEnumerable<TimeSpan> DueTimes(int seed)
    {
        var random = new Random(seed);
        var end = End.TotalSeconds;
        for (var time = 0.0; time < end; time = Next(time))
        {
            var jitter = (random.NextDouble() - 0.5) * 0.5 / RateOf(PhaseAt(time % _length));
            var due = Math.Max(0, time + jitter);
            if (due < end)
            {
                yield return TimeSpan.FromSeconds(due);
            }
        }
    }

    /// <summary>The time at which one more request is due, across the changes of the rate.</summary>
    private double Next(double time)
    {
        var round = Math.Floor(time / _length) * _length;
        var inRound = time - round;
        var missing = 1.0;
        while (true)
        {
            var phase = PhaseAt(inRound);
            var end = phase switch
            {
                LoadPhase.Steady => _surgeStart,
                LoadPhase.Surge => _surgeEnd,
                _ => _length,
            };
            var rate = RateOf(phase);
            if (inRound + (missing / rate) <= end)
            {
                return round + inRound + (missing / rate);
            }

            missing -= (end - inRound) * rate;
            if (phase == LoadPhase.After)
            {
                round += _length;
                inRound = 0;
            }
            else
            {
                inRound = end;
            }
        }
    }

    private LoadPhase PhaseAt(double inRound) =>
        inRound < _surgeStart ? LoadPhase.Steady : inRound < _surgeEnd ? LoadPhase.Surge : LoadPhase.After;

    private double RateOf(LoadPhase phase) => phase == LoadPhase.Surge ? _surgeRate : _rate;

    private double RoundAt(TimeSpan elapsed) => _repeats ? Math.Floor(elapsed.TotalSeconds / _length) * _length : 0;

    private TimeSpan? LastOf(double inRound, TimeSpan elapsed)
    {
        var time = RoundAt(elapsed) + inRound;
        time = time <= elapsed.TotalSeconds ? time : time - _length;
        return time >= 0 ? TimeSpan.FromSeconds(time) : null;
    }
}
