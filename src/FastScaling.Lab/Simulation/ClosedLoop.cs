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
    private readonly ScalingEngine _engine;
    private readonly CloudWatchModel _cloudWatch;
    private readonly FleetMetrics _metrics;
    private readonly EcsMetric _ecs;
    private readonly RunLog _log;
    private readonly Random _random;
    private readonly ScalableTargetId _id;
    private readonly Dictionary<string, bool> _isScaleOut = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TaskExporter> _exporters = [];
    private readonly HashSet<int> _silent = [];
    private readonly List<(double Time, int Task, TaskExporter Exporter)> _sends = [];
    private readonly List<TaskSample> _drained = [];
    private readonly Queue<(double Time, List<AlarmSignal> Signals)> _actions = new();
    private double _actionTime = double.NaN;
    private long _calls;
    private long _dropped;

    private ClosedLoop(SimulationSettings settings)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
        _id = new ScalableTargetId($"service/{settings.Cluster}/{settings.Service}");
        _service = new ServiceModel(settings.ServiceModel, settings.InitialCount, settings.Seed, settings.Dependency);
        _engine = new ScalingEngine(_ => _service, settings.Scaling);
        _cloudWatch = new CloudWatchModel(settings.CloudWatch with { Seed = settings.Seed });
        _ecs = new EcsMetric(settings);
        _log = new RunLog(settings);
        _service.TaskChanged = OnTaskChanged;
        _engine.Logged = OnLogged;
        _engine.RegisterTarget(settings.Start, _id, settings.MinCapacity, settings.MaxCapacity);
        AlarmDefinition[] alarms = [.. PutPolicies()];
        _metrics = new FleetMetrics(settings, alarms, _service.Shape);
        foreach (var alarm in alarms)
        {
            _cloudWatch.Alarms.Put(settings.Start, alarm);
        }

        foreach (var action in settings.ScheduledActions)
        {
            _engine.PutScheduledAction(settings.Start, _id, action.Name, action.Schedule, action.MinCapacity, action.MaxCapacity);
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
        Happen(second);
        Hear(_cloudWatch.AdvanceTo(At(second)));
        while (_actions.TryPeek(out var action) && action.Time <= second)
        {
            _engine.Act(At(action.Time), _actions.Dequeue().Signals);
        }

        _engine.Advance(At(second));
        _service.Step(_settings.Traffic[second]);
        Record(second, before);
        Collect(second + 1);
        Send(second + 1);
        _ecs.Take(second, At(second).ToUnixTimeSeconds(), _service.Tasks);
    }

    private void Happen(int second)
    {
        foreach (var deployment in _settings.Deployments)
        {
            if (deployment.Second == second)
            {
                _service.Deploy(deployment.Kind);
                _log.Add(second, SimulationEventKind.Fault, $"{deployment.Kind} deployment begins");
            }
        }

        foreach (var kill in _settings.Kills)
        {
            for (var i = 0; kill.Second == second && i < kill.Tasks && _service.Tasks.Count > 0; i++)
            {
                _service.Kill(_service.Tasks[_random.Next(_service.Tasks.Count)].Id);
            }
        }

        foreach (var outage in _settings.Outages)
        {
            if (second == outage.FromSecond || second == outage.ToSecond)
            {
                _log.Add(second, SimulationEventKind.Fault, second == outage.FromSecond ? "CloudWatch stops answering" : "CloudWatch answers again");
            }
        }

        foreach (var episode in _settings.Dependency)
        {
            if (second == episode.FromSecond || second == episode.ToSecond)
            {
                _log.Add(second, SimulationEventKind.Fault, second == episode.FromSecond ? $"the dependency takes {episode.Latency.TotalMilliseconds:0} ms" : "the dependency is well again");
            }
        }

        if (_settings.Surges.Contains(second))
        {
            _log.Add(second, SimulationEventKind.Surge, "surge");
        }

        if (_settings.SilentPart > 0 && second == _settings.SilentFrom)
        {
            _silent.UnionWith(_service.Tasks.Take((int)Math.Round(_service.Tasks.Count * _settings.SilentPart)).Select(static task => task.Id));
            _log.Add(second, SimulationEventKind.Fault, $"{_silent.Count} exporters fall silent");
        }
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
            if (task.Phase == TaskPhase.Starting || _silent.Contains(task.Id))
            {
                continue;
            }

            if (!_exporters.TryGetValue(task.Id, out var exporter))
            {
                var plan = _settings.Plan?.Invoke(_settings.Exporter, _random) ?? new IntervalPlan(_settings.Exporter, _random);
                _exporters.Add(task.Id, exporter = new TaskExporter(_settings.Exporter, plan));
            }

            if (exporter.Take(now, task) is { } after)
            {
                _sends.Add((now + after + _settings.Exporter.CallTime.TotalSeconds, task.Id, exporter));
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

        foreach (var (time, _, exporter) in _sends)
        {
            if (_settings.Outages.Any(outage => outage.Covers((int)time)))
            {
                continue;
            }

            _drained.Clear();
            exporter.Drain(_drained);
            if (_drained.Count == 0)
            {
                continue;
            }

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
            else if (news is AlarmActionInvocation invocation && _isScaleOut.TryGetValue(invocation.ActionArn, out var isScaleOut))
            {
                Enqueue(time, invocation);
                if (isScaleOut)
                {
                    _log.Detected(time);
                }
            }
        }
    }

    // Actions of the same moment arrive together, those of a later one never before.
    private void Enqueue(double time, AlarmActionInvocation invocation)
    {
        var signal = new AlarmSignal(invocation.ActionArn, invocation.AlarmName, invocation.Threshold, invocation.Datapoints);
        if (_actionTime == time && _actions.Count > 0)
        {
            _actions.Last().Signals.Add(signal);
            return;
        }

        var delay = _settings.ActionDelayMinimum + ((_settings.ActionDelayMaximum - _settings.ActionDelayMinimum) * _random.NextDouble());
        var last = _actions.Count > 0 ? _actions.Last().Time : 0;
        _actions.Enqueue((Math.Max(last, time + delay.TotalSeconds), [signal]));
        _actionTime = time;
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

    private IEnumerable<AlarmDefinition> PutPolicies()
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        var tracking = new List<AlarmDefinition>();
        foreach (var definition in _settings.Policies)
        {
            var policy = _engine.PutPolicy(_settings.Start, _id, definition.Name, definition.Step, definition.TargetTracking);
            arns.Add(PolicyDefinition.ActionFor(definition.Name), policy.Arn);
            _isScaleOut[policy.Arn] = policy.Step is null || policy.Step.Steps.Any(static step => step.ScalingAdjustment > 0);
            if (policy.TargetTracking is not null)
            {
                tracking.AddRange(TargetTrackingAlarms.Of(policy).Select(alarm => Definition(alarm, policy)));
            }
        }

        return _settings.Alarms
            .Select(alarm => alarm with
            {
                AlarmActions = Translate(alarm.AlarmActions),
                OkActions = Translate(alarm.OkActions),
                InsufficientDataActions = Translate(alarm.InsufficientDataActions),
            })
            .Concat(tracking);

        string[] Translate(IReadOnlyList<string> actions) => [.. actions.Select(action => arns.GetValueOrDefault(action, action))];
    }

    private static AlarmDefinition Definition(AlarmSpecification alarm, ScalingPolicy policy) => new()
    {
        Name = alarm.Name,
        Source = new MetricSource(
            new MetricIdentity(alarm.Metric.Namespace, alarm.Metric.MetricName, alarm.Metric.Dimensions),
            alarm.Metric.Unit,
            Statistic.Plain(alarm.Metric.Statistic)!,
            alarm.PeriodSeconds),
        Comparison = alarm.IsHigh ? AlarmComparison.GreaterThanThreshold : AlarmComparison.LessThanThreshold,
        Threshold = alarm.Threshold,
        Period = alarm.PeriodSeconds,
        EvaluationPeriods = alarm.EvaluationPeriods,
        AlarmActions = [policy.Arn],
    };

    private SimulationResult Result()
    {
        var hours = _log.TaskSeconds / 3600;
        return new SimulationResult
        {
            Seconds = _settings.Traffic.Count,
            Timeline = _log.Timeline,
            Series = _log.Series,
            Surges = _log.Surges(),
            Totals = _service.Totals,
            QueuedRequestSeconds = _log.QueuedRequestSeconds,
            TaskHours = hours,
            Reversals = _log.Reversals,
            ReversalsInFiveMinutes = _log.ReversalsInFiveMinutes(),
            PeakDesired = _log.Peak,
            LowestDesired = _log.Lowest,
            FinalDesired = _service.DesiredCount,
            Replaced = _service.Replaced,
            Calls = _calls,
            DroppedSamples = _dropped + _exporters.Values.Sum(static exporter => exporter.Dropped),
            Activities = [.. _engine.Activities(_id).Reverse()],
            TaskCost = hours * _settings.Prices.TaskHour,
            CallCost = _calls / 1000.0 * _settings.Prices.ThousandCalls,
        };
    }

    private DateTimeOffset At(double seconds) => _settings.Start.AddSeconds(seconds);
}
