using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Simulation;

/// <summary>
/// From the actions of alarms to the desired count, in simulated and in real time: the scaling engine with target, policies and schedules of the settings,
/// and the delay that they assume. Not thread-safe.
/// </summary>
internal sealed class ScalingLink
{
    private readonly SimulationSettings _settings;
    private readonly ScalingEngine _engine;
    private readonly Random _random;
    private readonly ScalableTargetId _id;
    private readonly Dictionary<string, string> _arns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isScaleOut = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Due, List<AlarmSignal> Signals)> _actions = new();
    private DateTimeOffset? _actionTime;

    /// <param name="settings">Target, policies, alarms, schedules and delays.</param>
    /// <param name="service">What is scaled.</param>
    /// <param name="now">When it begins.</param>
    /// <param name="random">Of the delays.</param>
    /// <param name="logged">Told of each activity when it begins.</param>
    public ScalingLink(SimulationSettings settings, IScalableService service, DateTimeOffset now, Random random, Action<ScalingActivity> logged)
    {
        _settings = settings;
        _random = random;
        _id = new ScalableTargetId($"service/{settings.Cluster}/{settings.Service}");
        _engine = new ScalingEngine(_ => service, settings.Scaling) { Logged = logged };
        _engine.RegisterTarget(now, _id, settings.MinCapacity, settings.MaxCapacity, settings.Suspended);
        Alarms = PutPolicies(now);
        foreach (var action in settings.ScheduledActions)
        {
            _engine.PutScheduledAction(now, _id, action.Name, action.Schedule, action.MinCapacity, action.MaxCapacity, action.StartTime, action.EndTime);
        }
    }

    /// <summary>The alarms of the settings, with the ARNs of the policies as their actions, and those that target tracking makes.</summary>
    public IReadOnlyList<AlarmDefinition> Alarms { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScalingActivity> Activities => [.. _engine.Activities(_id).Reverse()];

    /// <summary>An alarm invokes an action, which takes its time. True when the action is a policy that scales out.</summary>
    public bool Invoke(AlarmActionInvocation invocation)
    {
        if (!_isScaleOut.TryGetValue(invocation.ActionArn, out var isScaleOut))
        {
            return false;
        }

        var signal = new AlarmSignal(invocation.ActionArn, invocation.AlarmName, invocation.Threshold, invocation.Datapoints);
        if (_actionTime == invocation.Time && _actions.Count > 0)
        {
            _actions.Last().Signals.Add(signal);
        }
        else
        {
            // Actions of the same moment arrive together, those of a later one never before.
            var due = invocation.Time + _settings.ActionDelayMinimum + ((_settings.ActionDelayMaximum - _settings.ActionDelayMinimum) * _random.NextDouble());
            _actions.Enqueue((_actions.Count > 0 && _actions.Last().Due > due ? _actions.Last().Due : due, [signal]));
            _actionTime = invocation.Time;
        }

        return isScaleOut;
    }

    /// <summary>Carries out what is due.</summary>
    /// <param name="now">Until when.</param>
    /// <param name="isPunctual">Whether each action comes at the time at which it is due, as in simulated time; otherwise it comes now.</param>
    public void Advance(DateTimeOffset now, bool isPunctual)
    {
        while (_actions.TryPeek(out var action) && action.Due <= now)
        {
            _engine.Act(isPunctual ? action.Due : now, _actions.Dequeue().Signals);
        }

        _engine.Advance(now);
    }

    private AlarmDefinition[] PutPolicies(DateTimeOffset now)
    {
        var tracking = new List<AlarmDefinition>();
        foreach (var definition in _settings.Policies)
        {
            var policy = _engine.PutPolicy(now, _id, definition.Name, definition.Step, definition.TargetTracking);
            _arns.Add(PolicyDefinition.ActionFor(definition.Name), policy.Arn);
            _isScaleOut.Add(policy.Arn, policy.Step is null || policy.Step.Steps.Any(static step => step.ScalingAdjustment > 0));
            if (policy.TargetTracking is not null)
            {
                tracking.AddRange(TargetTrackingAlarms.Of(policy).Select(alarm => alarm.ToDefinition(policy.Arn)));
            }
        }

        var given = _settings.Alarms.Select(alarm => alarm with
        {
            AlarmActions = Translate(alarm.AlarmActions),
            OkActions = Translate(alarm.OkActions),
            InsufficientDataActions = Translate(alarm.InsufficientDataActions),
        });
        return [.. given, .. tracking];
    }

    // A policy that was left out leaves an action that calls nobody.
    private string[] Translate(IReadOnlyList<string> actions) => [.. actions.Select(action => _arns.GetValueOrDefault(action, action))];
}
