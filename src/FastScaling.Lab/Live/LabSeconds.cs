using FastScaling.Lab.Costs;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Live.Tasks;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Live;

/// <summary>Sums up each second of a run for the page. Not thread-safe.</summary>
internal sealed class LabSeconds
{
    // Data that are older than this are late, in seconds.
    private const double Late = 20;

    private readonly LabSetup _setup;
    private readonly LabServers _servers;
    private readonly FleetModel _model;
    private readonly LoadPlan _plan;
    private readonly LabControls _controls;
    private readonly LabStory _story;
    private readonly DataWatch _data;
    private readonly long _forwardedBefore;
    private double _taskSeconds;

    public LabSeconds(LabSetup setup, LabServers servers, FleetModel model, LoadPlan plan, LabControls controls, LabStory story)
    {
        _setup = setup;
        _servers = servers;
        _model = model;
        _plan = plan;
        _controls = controls;
        _story = story;
        _data = new DataWatch(servers.CloudWatch.Model.Store, setup.Requests, story.Start);
        _forwardedBefore = servers.Balancer.Forwarded;
    }

    /// <summary>A second has ended.</summary>
    public void End(int second, DateTimeOffset now)
    {
        var forwarded = _servers.Balancer.Forwarded - _forwardedBefore;
        _taskSeconds += _model.Tasks.Count;
        _data.Look(now);
        if (_controls.Outage.Second(second, forwarded, _data.Between) is { } outcome)
        {
            _story.Fault(outcome);
        }

        var isBroken = _servers.Gate.IsBroken;
        var point = new LabPoint
        {
            Second = second,
            Load = _servers.Load.Take(),
            Concurrency = _servers.Balancer.InFlight,
            Wanted = _model.DesiredCount,
            Running = _model.RunningCount,
            Healthy = _model.HealthyCount,
            Starting = _model.Tasks.Count(static task => task.Phase == FleetPhase.Starting),
            Capacity = _model.HealthyCount * _setup.Settings.Assumptions.TaskCapacity,
            Cost = Cost(second + 1),
            Alarms = [.. _servers.CloudWatch.Model.Alarms.List(static _ => true).Select(static alarm => AlarmStates.Text(alarm.State))],
            CloudWatch = CloudWatchText(isBroken),
            IsCloudWatchBroken = isBroken,
            IsLate = isBroken || _controls.Outage.IsOpen || _data.Age > Late,
            Received = (long)_data.Received,
            Forwarded = forwarded,
            IsDependencySlow = _controls.IsDependencySlow,
            IsSurging = _plan.IsSurging(second),
        };
        _story.Second(point, _setup.Base.ServiceModel.Concurrency);
    }

    private string CloudWatchText(bool isBroken)
    {
        var age = _data.Age is { } seconds ? FormattableString.Invariant($"the newest datum is {Math.Max(0, seconds):0} s old") : "no datum yet";
        return isBroken ? $"broken: {age}, {_servers.Gate.Refused} calls refused"
            : _controls.Outage.IsOpen ? $"answers again, the data of the outage are on their way: {age}"
            : _data.Age > Late ? $"late: {age}"
            : age;
    }

    private double Cost(int seconds) =>
        (_taskSeconds / 3600 * _setup.Base.Prices.TaskHour)
        + (_servers.Calls / 1000.0 * _setup.Base.Prices.ThousandCalls)
        + (_setup.Replay.MonthlyFees * seconds / PriceList.SecondsPerMonth);
}
