namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>One alarm as a state machine over (now, what is visible now). It knows no clock, thread or protocol.</summary>
internal sealed class Alarm
{
    private readonly CloudWatchSettings _settings;
    private DateTimeOffset? _invokedAt;
    private IReadOnlyList<double> _datapoints = [];

    public Alarm(AlarmDefinition definition, CloudWatchSettings settings, DateTimeOffset now)
    {
        _settings = settings;
        Definition = definition;
        ConfiguredAt = now;
        StateUpdatedAt = now;
    }

    public AlarmDefinition Definition { get; private set; }

    /// <summary>A new alarm has not looked at any data.</summary>
    public AlarmState State { get; private set; } = AlarmState.InsufficientData;

    public string StateReason { get; private set; } = AlarmReason.Initial;

    public string? StateReasonData { get; private set; }

    public DateTimeOffset StateUpdatedAt { get; private set; }

    public DateTimeOffset ConfiguredAt { get; private set; }

    /// <summary>The first evaluation after a time.</summary>
    public DateTimeOffset NextEvaluation(DateTimeOffset after)
    {
        var step = Definition.EvaluationStep * 1000L;
        var phase = Phase(step);
        var steps = Math.DivRem(after.ToUnixTimeMilliseconds() - phase, step, out var rest);
        return DateTimeOffset.FromUnixTimeMilliseconds(((rest < 0 ? steps : steps + 1) * step) + phase);
    }

    /// <summary>"The alarm's state is left unchanged, but the update completely overwrites the previous configuration."</summary>
    public void Update(AlarmDefinition definition, DateTimeOffset now)
    {
        Definition = definition;
        ConfiguredAt = now;
    }

    public void EnableActions(bool areEnabled, DateTimeOffset now) => Update(Definition with { ActionsEnabled = areEnabled }, now);

    /// <summary>Compares the periods up to the last whole step, and reports what follows from it.</summary>
    public void Evaluate(DateTimeOffset now, IPeriodReader reader, Action<AlarmEvent> report)
    {
        var second = now.ToUnixTimeSeconds();
        var range = AlarmRange.Read(Definition, reader, second - (second % Definition.EvaluationStep), Definition.EvaluationPeriods + _settings.ExtraEvaluationPeriods);
        var verdict = AlarmEvaluation.Decide(Definition, range, State);
        _datapoints = [.. verdict.Used.Select(static point => point.Value)];
        if (verdict.State != State)
        {
            Change(now, verdict.State, AlarmReason.Text(Definition, verdict, State), AlarmReason.Data(Definition, verdict, now), report);
        }
        else if (_invokedAt is { } last && now - last >= _settings.ActionRepeatInterval)
        {
            Invoke(now, isRepeat: true, report);
        }
    }

    /// <summary>What SetAlarmState does: the state lasts until the next evaluation.</summary>
    public void Set(DateTimeOffset now, AlarmState state, string reason, string? reasonData, Action<AlarmEvent> report)
    {
        if (state == State)
        {
            StateReason = reason;
            StateReasonData = reasonData;
            StateUpdatedAt = now;
            return;
        }

        _datapoints = [];
        Change(now, state, reason, reasonData, report);
    }

    private void Change(DateTimeOffset now, AlarmState state, string reason, string? reasonData, Action<AlarmEvent> report)
    {
        var change = new AlarmStateChange(now, Definition) { OldState = State, NewState = state, Reason = reason, ReasonData = reasonData };
        report(change);
        State = state;
        StateReason = reason;
        StateReasonData = reasonData;
        StateUpdatedAt = now;
        Invoke(now, isRepeat: false, report);
    }

    // "Except for Auto Scaling actions, the actions happen only on state transitions."
    private void Invoke(DateTimeOffset now, bool isRepeat, Action<AlarmEvent> report)
    {
        _invokedAt = now;
        if (!Definition.ActionsEnabled)
        {
            return;
        }

        foreach (var action in Definition.ActionsFor(State))
        {
            if (!isRepeat || IsAutoScaling(action))
            {
                report(new AlarmActionInvocation(now, Definition) { ActionArn = action, State = State, IsRepeat = isRepeat, Datapoints = _datapoints });
            }
        }
    }

    private static bool IsAutoScaling(string action) => action.Split(':') is ["arn", _, "autoscaling", ..];

    private long Phase(long step)
    {
        if (_settings.EvaluationPhase is { } phase)
        {
            return (long)phase.TotalMilliseconds % step;
        }

        // FNV-1a: the same for the same name and seed in every process, which string.GetHashCode is not.
        var hash = 2166136261u ^ (uint)_settings.Seed;
        foreach (var c in Definition.Name)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash % step;
    }
}
