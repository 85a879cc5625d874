namespace FastScaling.Lab.Scaling;

/// <summary>One scalable target: its limits, cooldowns, and the activity that waits to be fulfilled.</summary>
internal sealed class TargetController
{
    private readonly ScalingAssumptions _assumptions;
    private readonly Action<ScalingActivity>? _logged;
    private readonly Dictionary<string, Cooldown> _scaleOutCooldowns = new(StringComparer.Ordinal);
    private readonly List<ScalingActivity> _activities = [];
    private Cooldown? _scaleInCooldown;
    private int _open = -1;
    private long _activityCount;

    public TargetController(ScalableTarget target, IScalableService service, ScalingAssumptions assumptions, Action<ScalingActivity>? logged)
    {
        _logged = logged;
        Target = target;
        Service = service;
        _assumptions = assumptions;
    }

    public ScalableTarget Target { get; private set; }

    public IScalableService Service { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScalingActivity> Activities => _activities;

    /// <summary>New limits. The service is brought within them at once, cooldown or not.</summary>
    public void Update(DateTimeOffset now, ScalableTarget target, string? schedule = null)
    {
        Target = target;
        var desired = Service.DesiredCount;
        var within = Math.Clamp(desired, target.MinCapacity, target.MaxCapacity);
        if (within != desired)
        {
            var limit = within > desired ? "minimum" : "maximum";
            var by = schedule is null ? "" : $" while current capacity was {desired} and scheduled action name {schedule} was triggered";
            Scale(now, within, $"{limit} capacity was set to {within}{by}", policyArn: null);
        }
    }

    /// <summary>Looks whether the open activity is fulfilled; if so, the cooldowns begin.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (_open < 0)
        {
            return;
        }

        var activity = _activities[_open];
        var isFulfilled = activity.To >= activity.From ? Service.RunningCount >= activity.To : Service.RunningCount <= activity.To;
        if (!isFulfilled && now - activity.StartTime < _assumptions.FulfilmentTimeout)
        {
            return;
        }

        Close(now, isFulfilled ? ActivityStatus.Successful : ActivityStatus.Unfulfilled);
        foreach (var (policy, cooldown) in _scaleOutCooldowns.ToArray())
        {
            _scaleOutCooldowns[policy] = Begin(now, cooldown);
        }

        _scaleInCooldown = _scaleInCooldown is null ? null : Begin(now, _scaleInCooldown);
    }

    /// <summary>What several policies want at the same time: the largest capacity wins.</summary>
    public void Act(DateTimeOffset now, IReadOnlyList<(ScalingPolicy Policy, AlarmSignal Signal)> signals)
    {
        var proposals = new List<Proposal>(signals.Count);
        foreach (var (policy, signal) in signals)
        {
            proposals.Add(PolicyDecision.Propose(this, now, policy, signal));
        }

        // A policy that wants more, even in vain, holds back those that want less.
        var largest = proposals.Max(static proposal => proposal.Capacity);
        var winner = proposals.FindIndex(proposal => proposal.Capacity == largest && proposal.Refusal is null);
        for (var i = 0; i < proposals.Count; i++)
        {
            if (i == winner)
            {
                Accept(now, proposals[i]);
            }
            else
            {
                var current = Service.DesiredCount;
                Refuse(now, proposals[i], proposals[i].Refusal ?? new NotScaledReason(NotScaledReason.AlreadyAtDesiredCapacity, CurrentCapacity: current));
            }
        }
    }

    /// <summary>The cooldown after a scale-out that binds this policy now, or null.</summary>
    public Cooldown? ScaleOutCooldown(DateTimeOffset now, ScalingPolicy policy)
    {
        if (_scaleOutCooldowns.TryGetValue(policy.Arn, out var own) && own.IsActive(now))
        {
            return own;
        }

        return _assumptions.CooldownIsShared ? AnyScaleOutCooldown(now) : null;
    }

    /// <summary>The cooldown that forbids scale-in now, or null.</summary>
    public Cooldown? ScaleInCooldown(DateTimeOffset now)
    {
        if (_scaleInCooldown?.IsActive(now) ?? false)
        {
            return _scaleInCooldown;
        }

        return _assumptions.ScaleInWaitsForScaleOutCooldown ? AnyScaleOutCooldown(now) : null;
    }

    private Cooldown? AnyScaleOutCooldown(DateTimeOffset now)
    {
        foreach (var cooldown in _scaleOutCooldowns.Values)
        {
            if (cooldown.IsActive(now))
            {
                return cooldown;
            }
        }

        return null;
    }

    private void Accept(DateTimeOffset now, Proposal proposal)
    {
        var isScaleOut = proposal.Capacity > Service.DesiredCount;
        Scale(now, proposal.Capacity, proposal.Cause, proposal.Policy.Arn);
        var length = PolicyDecision.CooldownOf(proposal.Policy, isScaleOut);
        var cooldown = new Cooldown(proposal.Policy.Arn, isScaleOut, Math.Max(0, proposal.Added), length, Until: null);
        if (isScaleOut)
        {
            // "In this case, the cooldown period for the scale-in activity stops and doesn't complete."
            _scaleInCooldown = null;
            _scaleOutCooldowns[proposal.Policy.Arn] = cooldown;
        }
        else
        {
            _scaleInCooldown = cooldown;
        }
    }

    private void Scale(DateTimeOffset now, int capacity, string cause, string? policyArn)
    {
        if (_open >= 0)
        {
            Close(now, ActivityStatus.Overridden);
        }

        var from = Service.DesiredCount;
        Service.SetDesiredCount(now, capacity);
        Add(new ScalingActivity
        {
            Id = NextId(),
            Target = Target.Id,
            Description = $"Setting desired count to {capacity}.",
            Cause = cause,
            StartTime = now,
            Status = ActivityStatus.InProgress,
            StatusMessage = $"Successfully set desired count to {capacity}. Waiting for change to be fulfilled by ecs.",
            PolicyArn = policyArn,
            From = from,
            To = capacity,
        });
        _open = _activities.Count - 1;
    }

    private void Refuse(DateTimeOffset now, Proposal proposal, NotScaledReason reason)
    {
        var current = Service.DesiredCount;
        Add(new ScalingActivity
        {
            Id = NextId(),
            Target = Target.Id,
            Description = "Attempting to scale due to alarm triggered",
            Cause = proposal.Cause,
            StartTime = now,
            EndTime = now,
            Status = ActivityStatus.Failed,
            StatusMessage = $"Nothing was changed: {reason.Code}.",
            PolicyArn = proposal.Policy.Arn,
            From = current,
            To = current,
            NotScaledReasons = [reason],
        });
    }

    private void Close(DateTimeOffset now, ActivityStatus status)
    {
        var activity = _activities[_open];
        var capacity = activity.To;
        _activities[_open] = activity with
        {
            EndTime = now,
            Status = status,
            StatusMessage = status switch
            {
                ActivityStatus.Successful => $"Successfully set desired count to {capacity}. Change successfully fulfilled by ecs.",
                ActivityStatus.Overridden => $"Desired count {capacity} was overridden by a later activity.",
                _ => $"Desired count was set to {capacity}, but the change was not fulfilled by ecs in time.",
            },
        };
        _open = -1;
    }

    private void Add(ScalingActivity activity)
    {
        if (_activities.Count >= _assumptions.KeptActivities)
        {
            // The open activity stays, however old: it is the one that something still happens to.
            var oldest = _open == 0 && _activities.Count > 1 ? 1 : 0;
            _activities.RemoveAt(oldest);
            _open = _open >= oldest ? _open - 1 : _open;
        }

        _activities.Add(activity);
        _logged?.Invoke(activity);
    }

    private string NextId() => new Guid((uint)++_activityCount, 0x5ca1, 0x4ab0, 0x80, 0, 0, 0, 0, 0, 0, 0).ToString();

    private static Cooldown Begin(DateTimeOffset now, Cooldown cooldown) =>
        cooldown.Until is null ? cooldown with { Until = now + cooldown.Length } : cooldown;
}
