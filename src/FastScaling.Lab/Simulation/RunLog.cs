using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Simulation;

/// <summary>Collects what the result of a run is made of.</summary>
internal sealed class RunLog
{
    // The load counts as met when it is for so long.
    private const int SteadySeconds = 10;
    private const int Window = 300;

    private readonly SimulationSettings _settings;
    private readonly List<double> _reversals = [];
    private readonly (double? Detected, double? Scaled, double? FirstTask)[] _surges;
    private readonly bool[] _isShort;
    private int _direction;

    public RunLog(SimulationSettings settings)
    {
        _settings = settings;
        _surges = new (double?, double?, double?)[settings.Surges.Count];
        _isShort = new bool[settings.Traffic.Count];
        Peak = Lowest = settings.InitialCount;
    }

    public List<SimulationEvent> Timeline { get; } = [];

    public List<SimulationPoint> Series { get; } = [];

    public int Peak { get; private set; }

    public int Lowest { get; private set; }

    public double QueuedRequestSeconds { get; private set; }

    public double TaskSeconds { get; private set; }

    public int Reversals => _reversals.Count;

    public void Add(double seconds, SimulationEventKind kind, string text) => Timeline.Add(new SimulationEvent(seconds, kind, text));

    public void Second(int second, in SimulationPoint point, int tasks)
    {
        QueuedRequestSeconds += point.Queued;
        TaskSeconds += tasks;
        _isShort[second] = point.Capacity < point.Offered;
        if (_settings.KeepSeries)
        {
            Series.Add(point);
        }
    }

    public void Detected(double seconds) => OfSurge(seconds, static (ref (double? Detected, double? Scaled, double? FirstTask) surge, double after) => surge.Detected ??= after);

    public void TaskHealthy(int launchedAt, double seconds)
    {
        for (var i = _surges.Length - 1; i >= 0; i--)
        {
            if (_settings.Surges[i] <= launchedAt)
            {
                _surges[i].FirstTask ??= seconds - _settings.Surges[i];
                return;
            }
        }
    }

    public void Scaled(double seconds, ScalingActivity activity)
    {
        var direction = Math.Sign(activity.To - activity.From);
        Add(seconds, SimulationEventKind.Scaling, $"desired count {activity.From} to {activity.To}: {activity.Cause}");
        if (_direction != 0 && direction != _direction)
        {
            _reversals.Add(seconds);
        }

        _direction = direction;
        Peak = Math.Max(Peak, activity.To);
        Lowest = Math.Min(Lowest, activity.To);
        if (direction > 0)
        {
            OfSurge(seconds, static (ref (double? Detected, double? Scaled, double? FirstTask) surge, double after) => surge.Scaled ??= after);
        }
    }

    public IReadOnlyList<SurgeResult> Surges()
    {
        var results = new List<SurgeResult>();
        for (var i = 0; i < _surges.Length; i++)
        {
            var (detected, scaled, firstTask) = _surges[i];
            var end = i + 1 < _surges.Length ? _settings.Surges[i + 1] : _isShort.Length;
            results.Add(new SurgeResult(_settings.Surges[i], detected, scaled, firstTask, Enough(_settings.Surges[i], end)));
        }

        return results;
    }

    public int ReversalsInFiveMinutes()
    {
        var most = 0;
        for (int first = 0, last = 0; last < _reversals.Count; last++)
        {
            while (_reversals[last] - _reversals[first] > Window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private delegate void Note(ref (double? Detected, double? Scaled, double? FirstTask) surge, double after);

    private void OfSurge(double seconds, Note note)
    {
        for (var i = _surges.Length - 1; i >= 0; i--)
        {
            if (_settings.Surges[i] <= seconds)
            {
                note(ref _surges[i], seconds - _settings.Surges[i]);
                return;
            }
        }
    }

    private double? Enough(int from, int to)
    {
        var first = Array.IndexOf(_isShort, true, from, to - from);
        if (first < 0)
        {
            return 0;
        }

        var steady = 0;
        for (var second = first; second < to; second++)
        {
            steady = _isShort[second] ? 0 : steady + 1;
            if (steady == SteadySeconds)
            {
                return second - SteadySeconds + 1 - from;
            }
        }

        return null;
    }
}
