using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.Lab.Simulation;

/// <summary>
/// The closed loop in simulated time: traffic, service, exporters, CloudWatch with its alarms, scaling engine, desired count, service. One run,
/// one object; the same settings give the same result.
/// </summary>
internal sealed class ClosedLoop
{
    private readonly SimulationSettings _settings;
    private readonly ServiceModel _service;
    private readonly PlannedEvents _events;
    private readonly ScalingLink _scaling;
    private readonly CloudWatchModel _cloudWatch;
    private readonly FleetMetrics _metrics;
    private readonly EcsMetric _ecs;
    private readonly RunLog _log;
    private readonly Random _random;
    private readonly Dictionary<int, TaskExporter> _exporters = [];
    private readonly List<(double Time, int Task, TaskExporter Exporter)> _sends = [];
    private readonly List<TaskSample> _drained = [];
    private long _calls;
    private long _dropped;

    private ClosedLoop(SimulationSettings settings)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
        _service = new ServiceModel(settings.ServiceModel, settings.InitialCount, settings.Seed, settings.Dependency);
        _cloudWatch = new CloudWatchModel(settings.CloudWatch with { Seed = settings.Seed });
        _ecs = new EcsMetric(settings);
        _log = new RunLog(settings);
        _events = new PlannedEvents(settings, _service, _log, _random);
        _service.TaskChanged = OnTaskChanged;
        _scaling = new ScalingLink(settings, _service, settings.Start, _random, OnLogged);
        _metrics = new FleetMetrics(settings, _scaling.Alarms, _service.Shape);
        foreach (var alarm in _scaling.Alarms)
        {
            _cloudWatch.Alarms.Put(settings.Start, alarm);
        }
    }

    /// <param name="settings">What to run.</param>
    /// <param name="progress">Told the number of simulated seconds, now and then.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static SimulationResult Run(SimulationSettings settings, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var loop = new ClosedLoop(settings);
        for (var second = 0; second < settings.Traffic.Count; second++)
        {
            if (second % 600 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(second);
            }

            loop.Step(second);
        }

        return loop.Result();
    }

    private void Step(int second)
    {
        var before = _service.Totals;
        _events.Happen(second);
        Hear(_cloudWatch.AdvanceTo(At(second)));
        _scaling.Advance(At(second), isPunctual: true);
        _service.Step(_settings.Traffic[second]);
        Record(second, before);
        Collect(second + 1);
        Send(second + 1);
        _ecs.Take(second, At(second).ToUnixTimeSeconds(), _service.Tasks);
    }

    private void Record(int second, in ServiceTotals before)
    {
        var totals = _service.Totals;
        var queued = 0;
        var completed = 0;
        var latency = 0.0;
        var cpu = 0.0;
        var running = 0;
        foreach (var task in _service.Tasks)
        {
            queued += task.Waiting;
            if (task.Phase != TaskPhase.Starting)
            {
                running++;
                cpu += task.Sample.CpuPercent;
                completed += task.Sample.Completed;
                latency += task.Sample.Completed * task.Sample.ResponseMilliseconds;
            }
        }

        var healthy = _service.HealthyCount;
        var lost = totals.TimedOut + totals.Failed - before.TimedOut - before.Failed;
        var point = new SimulationPoint(
            (int)(totals.Offered - before.Offered), (int)(totals.Served - before.Served), (int)lost, (int)totals.InFlight, queued,
            completed == 0 ? 0 : (float)(latency / completed), running == 0 ? 0 : (float)(cpu / running),
            _service.DesiredCount, running, healthy, (float)(healthy * _service.CapacityOfTask(second)));
        _log.Second(second, point, _service.Tasks.Count);
    }

    private void Collect(int now)
    {
        _sends.Clear();
        foreach (var task in _service.Tasks)
        {
            if (task.Phase == TaskPhase.Starting || _events.IsSilent(task.Id))
            {
                continue;
            }

            if (!_exporters.TryGetValue(task.Id, out var exporter))
            {
                var plan = new ExportPlan(_settings.Exporter, now, new Random(_random.Next()));
                _exporters.Add(task.Id, exporter = new TaskExporter(_settings.Exporter, plan));
            }

            if (exporter.Take(now, task) is { } time)
            {
                _sends.Add((time, task.Id, exporter));
            }
        }

        // Tasks end in order of their ids, so that equal times come in the same order in every run.
        _sends.Sort(static (left, right) => left.Time != right.Time ? left.Time.CompareTo(right.Time) : left.Task.CompareTo(right.Task));
    }

    private void Send(int now)
    {
        while (_ecs.TryPublish(now, out var datum) && _metrics.IsCpuRead)
        {
            var aggregate = Aggregate.OfSet(datum.Count, datum.Sum, datum.Minimum, datum.Maximum);
            _cloudWatch.Put(At(now), _metrics.Cpu, "Percent", _ecs.Resolution, At(datum.Second), aggregate);
        }

        foreach (var (called, _, exporter) in _sends)
        {
            var time = called + _settings.Exporter.CallTime.TotalSeconds;
            if (_settings.Outages.Any(outage => outage.Covers((int)time)))
            {
                exporter.Failed(called, time);
                continue;
            }

            _drained.Clear();
            exporter.Sent(called, time, _drained);
            _calls++;
            var data = new List<Sample>(_drained.Count * 2);
            foreach (ref readonly var sample in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drained))
            {
                _metrics.Add(data, sample, At(sample.Second).ToUnixTimeSeconds());
            }

            Hear(_cloudWatch.AdvanceTo(At(time)));
            _cloudWatch.Put(At(time), data);
        }
    }

    private void Hear(IReadOnlyList<AlarmEvent> events)
    {
        foreach (var news in events)
        {
            var time = (news.Time - _settings.Start).TotalSeconds;
            if (news is AlarmStateChange change)
            {
                _log.Add(time, SimulationEventKind.Alarm, $"{change.AlarmName} {change.OldState} to {change.NewState}");
            }
            else if (news is AlarmActionInvocation invocation && _scaling.Invoke(invocation))
            {
                _log.Detected(time);
            }
        }
    }

    private void OnLogged(ScalingActivity activity)
    {
        var time = (activity.StartTime - _settings.Start).TotalSeconds;
        if (activity.IsScaled)
        {
            _log.Scaled(time, activity);
        }
        else
        {
            _log.Add(time, SimulationEventKind.NotScaled, $"{activity.NotScaledReasons[0].Code}: {activity.Cause}");
        }
    }

    private void OnTaskChanged(int second, ServiceTask task, string what)
    {
        _log.Add(second, SimulationEventKind.Task, $"task {task.Id} {what}");
        if (what == "healthy")
        {
            _log.TaskHealthy(task.LaunchedAt, second);
        }

        if (what is "stopped" or "killed" && _exporters.Remove(task.Id, out var exporter))
        {
            _dropped += exporter.Dropped;
        }
    }

    private SimulationResult Result() => _log.Result(
        _service.Totals,
        _service.Replaced,
        _calls,
        _dropped + _exporters.Values.Sum(static exporter => exporter.Dropped),
        _service.DesiredCount,
        _scaling.Activities);

    private DateTimeOffset At(double seconds) => _settings.Start.AddSeconds(seconds);
}
