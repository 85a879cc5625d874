namespace FastScaling.Lab.Scaling;

/// <summary>The scheduled actions of all targets, and when each is due. Not thread-safe.</summary>
internal sealed class ScheduledActionBook(ScalingArns arns)
{
    /// <summary>"Scheduled actions per scalable target: 200", fixed.</summary>
    public const int Maximum = 200;

    private readonly SortedDictionary<string, (ScheduledAction Action, DateTimeOffset? Due)> _entries = new(StringComparer.Ordinal);

    public IEnumerable<ScheduledAction> Actions => _entries.Values.Select(static entry => entry.Action);

    /// <summary>Adds an action or replaces the one of the same name; what is null of a known one stays.</summary>
    public ScheduledAction Put(
        DateTimeOffset now, ScalableTargetId id, string name, Schedule? schedule, int? minCapacity, int? maxCapacity, DateTimeOffset? start, DateTimeOffset? end)
    {
        var key = id.Key(name);
        var known = _entries.TryGetValue(key, out var entry) ? entry.Action : null;
        var action = new ScheduledAction
        {
            Name = name,
            Arn = known?.Arn ?? arns.ScheduledAction(id, name),
            Target = id,
            Schedule = schedule ?? known?.Schedule ?? throw ScalingException.Validation("Schedule is required for a scheduled action."),
            StartTime = start ?? known?.StartTime,
            EndTime = end ?? known?.EndTime,
            MinCapacity = minCapacity ?? known?.MinCapacity,
            MaxCapacity = maxCapacity ?? known?.MaxCapacity,
            CreationTime = known?.CreationTime ?? now,
        };
        if (action.MinCapacity is null && action.MaxCapacity is null)
        {
            throw ScalingException.Validation("ScalableTargetAction must have MinCapacity, MaxCapacity, or both.");
        }

        ScalableTarget.RequireLimits(action.MinCapacity ?? 0, action.MaxCapacity ?? int.MaxValue);
        if (action.EndTime <= action.StartTime)
        {
            throw ScalingException.Validation("EndTime must be after StartTime.");
        }

        if (known is null && Actions.Count(other => other.Target == id) >= Maximum)
        {
            throw ScalingException.LimitExceeded($"A scalable target may have at most {Maximum} scheduled actions.");
        }

        _entries[key] = (action, action.NextAfter(now));
        return action;
    }

    public void Delete(ScalableTargetId id, string name)
    {
        if (!_entries.Remove(id.Key(name)))
        {
            throw ScalingException.NotFound($"No scheduled action found for service namespace: ecs, resource ID: {id.ResourceId}, scheduled action name: {name}");
        }
    }

    /// <summary>Forgets the actions of a target.</summary>
    public void Forget(ScalableTargetId id)
    {
        foreach (var action in Actions.Where(action => action.Target == id).ToArray())
        {
            _entries.Remove(id.Key(action.Name));
        }
    }

    /// <summary>Runs what is due by now, in the order of targets and names.</summary>
    public void Advance(DateTimeOffset now, Action<ScheduledAction> run)
    {
        foreach (var (key, (action, _)) in _entries.Where(entry => entry.Value.Due <= now).ToArray())
        {
            run(action);
            _entries[key] = (action, action.NextAfter(now));
        }
    }
}
