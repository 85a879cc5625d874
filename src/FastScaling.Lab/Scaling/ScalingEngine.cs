namespace FastScaling.Lab.Scaling;

/// <summary>
/// Application Auto Scaling for ECS services: targets, policies, scheduled actions and what they lead to. A state machine over (now, event)
/// with neither clock nor thread; its caller must not let calls overlap, and now must not go back.
/// </summary>
internal sealed class ScalingEngine
{
    /// <summary>"Scaling policies per scalable target: 50", fixed.</summary>
    public const int MaximumPolicies = 50;

    private readonly SortedDictionary<string, TargetController> _targets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ScalingPolicy> _policies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _policyKeys = new(StringComparer.Ordinal);
    private readonly ScheduledActionBook _scheduled;
    private readonly Func<ScalableTargetId, IScalableService?> _services;
    private readonly ScalingAssumptions _assumptions;
    private readonly ScalingArns _arns;

    /// <param name="services">The service behind a target; null when there is none.</param>
    /// <param name="assumptions">What AWS does not document; null for the defaults.</param>
    /// <param name="arns">How ARNs are made; null for the defaults.</param>
    public ScalingEngine(Func<ScalableTargetId, IScalableService?> services, ScalingAssumptions? assumptions = null, ScalingArns? arns = null)
    {
        _services = services;
        _assumptions = assumptions ?? ScalingAssumptions.Default;
        _arns = arns ?? new ScalingArns();
        _scheduled = new ScheduledActionBook(_arns);
    }

    /// <summary>Told of each activity when it begins.</summary>
    public Action<ScalingActivity>? Logged { get; set; }

    public IEnumerable<ScalableTarget> Targets => _targets.Values.Select(static controller => controller.Target);

    public IEnumerable<ScalingPolicy> Policies => _policies.Values;

    public IEnumerable<ScheduledAction> ScheduledActions => _scheduled.Actions;

    /// <summary>Registers a target or changes one; what is null stays as it is.</summary>
    public ScalableTarget RegisterTarget(
        DateTimeOffset now, ScalableTargetId id, int? minCapacity, int? maxCapacity, SuspendedState? suspended = null, string? roleArn = null)
    {
        _targets.TryGetValue(id.ResourceId, out var known);
        var minimum = minCapacity ?? known?.Target.MinCapacity ?? throw ScalingException.Validation("MinCapacity is required to register a scalable target.");
        var maximum = maxCapacity ?? known?.Target.MaxCapacity ?? throw ScalingException.Validation("MaxCapacity is required to register a scalable target.");
        ScalableTarget.RequireLimits(minimum, maximum);
        var service = known?.Service ?? _services(id) ?? throw ScalingException.Validation($"ECS service doesn't exist: {id.ResourceId}");
        var target = new ScalableTarget
        {
            Id = id,
            Arn = known?.Target.Arn ?? _arns.Target(),
            MinCapacity = minimum,
            MaxCapacity = maximum,
            Suspended = suspended ?? known?.Target.Suspended ?? SuspendedState.None,
            RoleArn = roleArn ?? known?.Target.RoleArn ?? _arns.Role,
            CreationTime = known?.Target.CreationTime ?? now,
        };
        if (known is null)
        {
            _targets.Add(id.ResourceId, known = new TargetController(target, service, _assumptions, activity => Logged?.Invoke(activity)));
        }

        known.Update(now, target);
        return target;
    }

    /// <summary>Forgets a target with its policies and scheduled actions.</summary>
    /// <returns>The policies that went with it.</returns>
    public IReadOnlyList<ScalingPolicy> DeregisterTarget(ScalableTargetId id)
    {
        Find(id);
        ScalingPolicy[] gone = [.. _policies.Values.Where(policy => policy.Target == id)];
        foreach (var policy in gone)
        {
            Remove(policy);
        }

        _scheduled.Forget(id);
        _targets.Remove(id.ResourceId);
        return gone;
    }

    /// <summary>Adds a policy or replaces the one of the same name. Exactly one configuration is given.</summary>
    public ScalingPolicy PutPolicy(DateTimeOffset now, ScalableTargetId id, string name, StepScalingConfiguration? step, TargetTrackingConfiguration? tracking = null)
    {
        Find(id);
        if (step is not null)
        {
            PolicyValidator.Validate(step);
        }
        else
        {
            PolicyValidator.Validate(tracking ?? throw ScalingException.Validation("A policy needs a configuration of its type."));
        }

        var key = id.Key(name);
        if (!_policies.TryGetValue(key, out var known) && _policies.Values.Count(policy => policy.Target == id) >= MaximumPolicies)
        {
            throw ScalingException.LimitExceeded($"A scalable target may have at most {MaximumPolicies} scaling policies.");
        }

        if (known is not null && known.Step is null != step is null)
        {
            throw ScalingException.Validation($"The policy type of '{name}' cannot be changed. Delete the policy first.");
        }

        var policy = new ScalingPolicy
        {
            Name = name,
            Arn = known?.Arn ?? _arns.Policy(id, name),
            Target = id,
            Step = step,
            TargetTracking = step is null ? tracking : null,
            CreationTime = known?.CreationTime ?? now,
        };
        _policies[key] = policy;
        _policyKeys[policy.Arn] = key;
        return policy;
    }

    public ScalingPolicy DeletePolicy(ScalableTargetId id, string name)
    {
        if (!_policies.TryGetValue(id.Key(name), out var policy))
        {
            throw ScalingException.NotFound($"No scaling policy found for service namespace: ecs, resource ID: {id.ResourceId}, scalable dimension: {ScalableTargetId.ScalableDimension}, policy name: {name}");
        }

        Remove(policy);
        return policy;
    }

    /// <summary>Adds a scheduled action or replaces the one of the same name; what is null of a known one stays.</summary>
    public ScheduledAction PutScheduledAction(
        DateTimeOffset now, ScalableTargetId id, string name, Schedule? schedule, int? minCapacity, int? maxCapacity, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        Find(id);
        return _scheduled.Put(now, id, name, schedule, minCapacity, maxCapacity, start, end);
    }

    public void DeleteScheduledAction(ScalableTargetId id, string name) => _scheduled.Delete(id, name);

    /// <summary>Newest first, of one target or of all; those that changed nothing only when asked for.</summary>
    public IEnumerable<ScalingActivity> Activities(ScalableTargetId? id = null, bool includeNotScaled = true) =>
        _targets.Values
            .Where(controller => id is null || controller.Target.Id == id)
            .SelectMany(static controller => controller.Activities.Reverse())
            .Where(activity => includeNotScaled || activity.IsScaled)
            .OrderByDescending(static activity => activity.StartTime);

    /// <summary>Scheduled actions that are due, and activities that are fulfilled by now.</summary>
    public void Advance(DateTimeOffset now)
    {
        _scheduled.Advance(now, action => Run(now, action));
        foreach (var controller in _targets.Values)
        {
            controller.Advance(now);
        }
    }

    /// <summary>Alarms that act at the same moment. Those for policies that are gone are passed over, as AWS does.</summary>
    public void Act(DateTimeOffset now, params IReadOnlyList<AlarmSignal> signals)
    {
        Advance(now);
        var byTarget = signals
            .Where(signal => _policyKeys.ContainsKey(signal.PolicyArn))
            .Select(signal => (Policy: _policies[_policyKeys[signal.PolicyArn]], Signal: signal))
            .GroupBy(static pair => pair.Policy.Target);
        foreach (var group in byTarget)
        {
            _targets[group.Key.ResourceId].Act(now, [.. group]);
        }
    }

    private void Run(DateTimeOffset now, ScheduledAction action)
    {
        var controller = _targets[action.Target.ResourceId];
        if (controller.Target.Suspended.Scheduled)
        {
            return;
        }

        // When only one limit is given and passes the other, the other gives way: it cannot be otherwise.
        var minimum = action.MinCapacity ?? Math.Min(controller.Target.MinCapacity, action.MaxCapacity!.Value);
        var maximum = action.MaxCapacity ?? Math.Max(controller.Target.MaxCapacity, action.MinCapacity!.Value);
        controller.Update(now, controller.Target with { MinCapacity = minimum, MaxCapacity = maximum }, action.Name);
    }

    private void Remove(ScalingPolicy policy)
    {
        _policies.Remove(policy.Target.Key(policy.Name));
        _policyKeys.Remove(policy.Arn);
    }

    private TargetController Find(ScalableTargetId id) => _targets.TryGetValue(id.ResourceId, out var controller)
        ? controller
        : throw ScalingException.NotFound($"No scalable target registered for service namespace: ecs, resource ID: {id.ResourceId}, scalable dimension: {ScalableTargetId.ScalableDimension}");
}
