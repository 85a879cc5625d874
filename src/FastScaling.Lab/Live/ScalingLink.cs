using FastScaling.Lab.Scaling;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Live;

/// <summary>
/// From the actions of alarms to the desired count, in real time: the scaling engine of the models, with the delay that they assume. Not thread-safe.
/// </summary>
internal sealed class ScalingLink
{
    private readonly SimulationSettings _settings;
    private readonly ScalingEngine _engine;
    private readonly Random _random;
    private readonly ScalableTargetId _id;
    private readonly Dictionary<string, string> _arns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scaleOut = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Due, List<AlarmSignal> Signals)> _actions = new();
    private DateTimeOffset _actionTime;

    public ScalingLink(SimulationSettings settings, IScalableService service, DateTimeOffset now)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
        _id = new ScalableTargetId($"service/{settings.Cluster}/{settings.Service}");
        _engine = new ScalingEngine(_ => service, settings.Scaling);
        _engine.RegisterTarget(now, _id, settings.MinCapacity, settings.MaxCapacity);
        foreach (var definition in settings.Policies)
        {
            var policy = _engine.PutPolicy(now, _id, definition.Name, definition.Step);
            _arns.Add(PolicyDefinition.ActionFor(definition.Name), policy.Arn);
            if (policy.Step!.Steps.Any(static step => step.ScalingAdjustment > 0))
            {
                _scaleOut.Add(policy.Arn);
            }
        }

        foreach (var action in settings.ScheduledActions)
        {
            _engine.PutScheduledAction(now, _id, action.Name, action.Schedule, action.MinCapacity, action.MaxCapacity);
        }
    }

    /// <summary>Told of each activity when it begins.</summary>
    public Action<ScalingActivity>? Logged
    {
        get => _engine.Logged;
        set => _engine.Logged = value;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScalingActivity> Activities => [.. _engine.Activities(_id).Reverse()];

    /// <summary>The alarms of the template, with the ARNs of the policies as their actions.</summary>
    public IEnumerable<AlarmDefinition> Alarms() => _settings.Alarms.Select(alarm => alarm with
    {
        AlarmActions = Translate(alarm.AlarmActions),
        OkActions = Translate(alarm.OkActions),
        InsufficientDataActions = Translate(alarm.InsufficientDataActions),
    });

    /// <summary>An alarm invokes an action. True when it is one that scales out.</summary>
    public bool Invoke(AlarmActionInvocation invocation)
    {
        var signal = new AlarmSignal(invocation.ActionArn, invocation.AlarmName, invocation.Threshold, invocation.Datapoints);
        if (_actionTime == invocation.Time && _actions.Count > 0)
        {
            // Actions of the same moment arrive together.
            _actions.Last().Signals.Add(signal);
        }
        else
        {
            var due = invocation.Time + _settings.ActionDelayMinimum + ((_settings.ActionDelayMaximum - _settings.ActionDelayMinimum) * _random.NextDouble());
            _actions.Enqueue((_actions.Count > 0 && _actions.Last().Due > due ? _actions.Last().Due : due, [signal]));
            _actionTime = invocation.Time;
        }

        return _scaleOut.Contains(invocation.ActionArn);
    }

    public void Advance(DateTimeOffset now)
    {
        while (_actions.TryPeek(out var action) && action.Due <= now)
        {
            _engine.Act(now, _actions.Dequeue().Signals);
        }

        _engine.Advance(now);
    }

    // A policy that was left out leaves an action that calls nobody.
    private string[] Translate(IReadOnlyList<string> actions) => [.. actions.Select(action => _arns.GetValueOrDefault(action, action))];
}
