using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;

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
    private readonly List<SimulationEvent> _timeline = [];
    private readonly List<SimulationPoint> _series = [];
    private int _direction;
    private int _peak;
    private int _lowest;
    private double _queuedRequestSeconds;
    private double _taskSeconds;

    public RunLog(SimulationSettings settings)
    {
        _settings = settings;
        _surges = new (double?, double?, double?)[settings.Surges.Count];
        _isShort = new bool[settings.Traffic.Count];
        _peak = _lowest = settings.InitialCount;
    }

    public void Add(double seconds, SimulationEventKind kind, string text) => _timeline.Add(new SimulationEvent(seconds, kind, text));

    public void Second(int second, in SimulationPoint point, int tasks)
    {
        _queuedRequestSeconds += point.Queued;
        _taskSeconds += tasks;
        _isShort[second] = point.Capacity < point.Offered;
        if (_settings.KeepSeries)
        {
            _series.Add(point);
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
        _peak = Math.Max(_peak, activity.To);
        _lowest = Math.Min(_lowest, activity.To);
        if (direction > 0)
        {
            OfSurge(seconds, static (ref (double? Detected, double? Scaled, double? FirstTask) surge, double after) => surge.Scaled ??= after);
        }
    }

    /// <summary>The run as a whole.</summary>
    /// <param name="totals">Requests.</param>
    /// <param name="replaced">Tasks that were replaced because they failed health checks.</param>
    /// <param name="calls">Calls of PutMetricData.</param>
    /// <param name="dropped">Samples that were lost to an outage, in task-seconds.</param>
    /// <param name="finalDesired">Desired count at the end.</param>
    /// <param name="activities">Oldest first.</param>
    public SimulationResult Result(in ServiceTotals totals, int replaced, long calls, long dropped, int finalDesired, IReadOnlyList<ScalingActivity> activities)
    {
        var hours = _taskSeconds / 3600;
        return new SimulationResult
        {
            Seconds = _settings.Traffic.Count,
            Timeline = _timeline,
            Series = _series,
            Surges = Surges(),
            Totals = totals,
            QueuedRequestSeconds = _queuedRequestSeconds,
            TaskHours = hours,
            Reversals = _reversals.Count,
            ReversalsInFiveMinutes = ReversalsInFiveMinutes(),
            PeakDesired = _peak,
            LowestDesired = _lowest,
            FinalDesired = finalDesired,
            Replaced = replaced,
            Calls = calls,
            DroppedSamples = dropped,
            Activities = activities,
            TaskCost = hours * _settings.Prices.TaskHour,
            CallCost = calls / 1000.0 * _settings.Prices.ThousandCalls,
        };
    }

    private List<SurgeResult> Surges()
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

    private int ReversalsInFiveMinutes()
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
