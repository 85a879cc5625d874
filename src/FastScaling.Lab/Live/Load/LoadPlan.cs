using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Live.Load;

/// <summary>How many requests leave in each second: a profile, again and again when the run is longer, and what "surge now" adds. Not thread-safe.</summary>
internal sealed class LoadPlan
{
    /// <summary>What "surge now" multiplies the traffic by.</summary>
    public const double SurgeFactor = 3;

    /// <summary>How long it lasts, in seconds.</summary>
    public const int SurgeSeconds = 60;

    // A surge: half as much again as in the half minute before, for five seconds and beyond chance, at most one in a minute.
    private const int Before = 30;
    private const int LeastBefore = 5;
    private const int After = 5;
    private const double Factor = 1.5;
    private const double Deviations = 6;
    private const int Apart = 60;

    private readonly TrafficProfile _profile;
    private readonly Random _random;
    private int _surgeUntil;
    private int _lastSurge = -Apart;

    public LoadPlan(TrafficProfile profile, int seed)
    {
        _profile = profile;
        _random = new Random(seed);
    }

    /// <summary>"Surge now": from the second on.</summary>
    public void Surge(int second)
    {
        _surgeUntil = second + SurgeSeconds;
        _lastSurge = second;
    }

    /// <summary>Whether a surge that was asked for is going on.</summary>
    public bool IsSurging(int second) => second < _surgeUntil;

    /// <summary>Requests in a second. To be asked once for each.</summary>
    public int Requests(int second) => IsSurging(second) ? TrafficProfile.RoundAtRandom(Planned(second) * SurgeFactor, _random) : Planned(second);

    /// <summary>Whether the profile surges in a second: it is known before it comes.</summary>
    public bool IsSurge(int second)
    {
        var from = Math.Max(0, second - Before);
        if (second - from < LeastBefore || second < _lastSurge + Apart)
        {
            return false;
        }

        var before = Mean(from, second);
        var after = Mean(second, second + After);
        // Requests come at random: the difference of two means varies by both.
        var deviation = Math.Sqrt((before + 1) * ((1.0 / After) + (1.0 / (second - from))));
        var isSurge = Planned(second) >= Factor * before && after >= Factor * before && after - before >= Deviations * deviation;
        _lastSurge = isSurge ? second : _lastSurge;
        return isSurge;
    }

    /// <summary>The mean of the profile over seconds.</summary>
    public double Mean(int from, int to)
    {
        var sum = 0.0;
        for (var second = from; second < to; second++)
        {
            sum += Planned(second);
        }

        return sum / (to - from);
    }

    private int Planned(int second) => _profile.Seconds == 0 ? 0 : _profile.Requests[second % _profile.Seconds];
}
