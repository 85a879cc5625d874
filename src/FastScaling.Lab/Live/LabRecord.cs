using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Live;

/// <summary>Keeps a run of a known length, to make of it what a replay gives. A run without end is not recorded.</summary>
internal sealed class LabRecord
{
    private readonly List<Action<RunLog>> _entries = [];
    private readonly List<int> _traffic = [];
    private readonly List<int> _surges = [];

    public IReadOnlyList<int> Traffic => _traffic;

    public IReadOnlyList<int> Surges => _surges;

    public void Surge(int second) => _surges.Add(second);

    public void Add(LabMoment moment) => _entries.Add(log => log.Add(moment.Seconds, moment.Kind, moment.Text));

    public void Detected(double seconds) => _entries.Add(log => log.Detected(seconds));

    // The log adds the entry of the time line by itself.
    public void Scaled(double seconds, ScalingActivity activity) => _entries.Add(log => log.Scaled(seconds, activity));

    public void TaskHealthy(int launchedAt, double seconds) => _entries.Add(log => log.TaskHealthy(launchedAt, seconds));

    public void Second(LabPoint point, int concurrency)
    {
        var second = _traffic.Count;
        _traffic.Add(point.Load.Sent);
        var load = point.Load;
        var simulated = new SimulationPoint(
            load.Sent, load.Served, load.Lost, load.InFlight, Math.Max(0, point.Concurrency - (point.Healthy * concurrency)), (float)load.Mean, 0,
            point.Wanted, point.Running, point.Healthy, (float)point.Capacity);
        var tasks = point.Running + point.Starting;
        _entries.Add(log => log.Second(second, simulated, tasks));
    }

    /// <param name="settings">Of the run, with the traffic and surges of this record.</param>
    /// <param name="totals">Requests.</param>
    /// <param name="replaced">Tasks that were replaced.</param>
    /// <param name="calls">PutMetricData calls.</param>
    /// <param name="finalDesired">Desired count at the end.</param>
    /// <param name="activities">Oldest first.</param>
    public SimulationResult Result(SimulationSettings settings, ServiceTotals totals, int replaced, long calls, int finalDesired, IReadOnlyList<ScalingActivity> activities)
    {
        var log = new RunLog(settings);
        foreach (var entry in _entries)
        {
            entry(log);
        }

        return log.Result(totals, replaced, calls, dropped: 0, finalDesired, activities);
    }
}
