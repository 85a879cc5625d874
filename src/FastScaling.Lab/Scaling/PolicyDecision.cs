namespace FastScaling.Lab.Scaling;

/// <summary>What a policy makes of an alarm. Pure: everything it depends on is handed in.</summary>
internal static class PolicyDecision
{
    // Less than any capacity, so that it holds nobody back.
    private const int NoOpinion = -1;

    public static Proposal Propose(TargetController controller, DateTimeOffset now, ScalingPolicy policy, AlarmSignal signal)
    {
        var cause = $"monitor alarm {signal.AlarmName} in state ALARM triggered policy {policy.Name}";
        if (signal.Values.Count == 0)
        {
            return new Proposal(policy, NoOpinion, 0, cause, new NotScaledReason(NotScaledReason.NoMetricValue));
        }

        var capacity = policy.Step is { } step
            ? Step(controller, now, policy, step, signal)
            : Track(controller, now, policy, policy.TargetTracking!, signal);
        return capacity is { } wanted
            ? Judge(controller, now, policy, wanted, cause)
            : new Proposal(policy, NoOpinion, 0, cause, new NotScaledReason(NotScaledReason.NoStep));
    }

    public static TimeSpan CooldownOf(ScalingPolicy policy, bool isScaleOut)
    {
        if (policy.Step is { } step)
        {
            return step.EffectiveCooldown;
        }

        return isScaleOut ? policy.TargetTracking!.EffectiveScaleOutCooldown : policy.TargetTracking!.EffectiveScaleInCooldown;
    }

    // The base is the running count and not the desired one: "Service Auto Scaling starts from the actual running task count".
    private static (int Capacity, int Base, bool IsOut)? Step(
        TargetController controller, DateTimeOffset now, ScalingPolicy policy, StepScalingConfiguration configuration, AlarmSignal signal)
    {
        if (configuration.Find(configuration.Aggregate(signal.Values) - signal.Threshold) is not { } step)
        {
            return null;
        }

        var running = controller.Service.RunningCount;
        var compareWith = configuration.AdjustmentType == AdjustmentType.ExactCapacity ? controller.Service.DesiredCount : running;
        var capacity = configuration.Apply(step, running);
        if (capacity <= compareWith || controller.ScaleOutCooldown(now, policy) is not { } cooldown)
        {
            return (capacity, running, capacity > compareWith);
        }

        // During the cooldown what was added counts as part of the step: of +3 after +2 only 1 is added.
        var from = cooldown.Until is null
            ? Math.Min(running, controller.Service.DesiredCount - cooldown.AddedCapacity)
            : running - cooldown.AddedCapacity;
        from = Math.Max(0, from);
        return (configuration.Apply(step, from), from, true);
    }

    private static (int Capacity, int Base, bool IsOut)? Track(
        TargetController controller, DateTimeOffset now, ScalingPolicy policy, TargetTrackingConfiguration configuration, AlarmSignal signal)
    {
        var running = controller.Service.RunningCount;
        var value = signal.Values[^1];
        var capacity = (int)Math.Clamp(Math.Ceiling(running * value / configuration.TargetValue), 0, int.MaxValue);
        if (value > configuration.TargetValue)
        {
            var isHeldBack = controller.ScaleOutCooldown(now, policy) is { } cooldown && capacity - running <= cooldown.AddedCapacity;
            return (isHeldBack ? controller.Service.DesiredCount : Math.Max(capacity, running + 1), running, true);
        }

        return configuration.DisableScaleIn ? null : (capacity, running, false);
    }

    private static Proposal Judge(
        TargetController controller, DateTimeOffset now, ScalingPolicy policy, (int Capacity, int Base, bool IsOut) wanted, string cause)
    {
        var target = controller.Target;
        var desired = controller.Service.DesiredCount;
        var capacity = Math.Clamp(wanted.Capacity, target.MinCapacity, target.MaxCapacity);
        var refusal = wanted.IsOut ? RefuseOut(controller, now, policy, capacity) : RefuseIn(controller, now, capacity);
        return new Proposal(policy, refusal is null || !wanted.IsOut ? capacity : desired, capacity - wanted.Base, cause, refusal);
    }

    private static NotScaledReason? RefuseOut(TargetController controller, DateTimeOffset now, ScalingPolicy policy, int capacity)
    {
        var target = controller.Target;
        var desired = controller.Service.DesiredCount;
        if (target.Suspended.DynamicScalingOut)
        {
            return new NotScaledReason(NotScaledReason.Suspended, CurrentCapacity: desired);
        }

        if (capacity > desired)
        {
            return null;
        }

        if (desired >= target.MaxCapacity)
        {
            return new NotScaledReason(NotScaledReason.AlreadyAtMaxCapacity, MaxCapacity: target.MaxCapacity, CurrentCapacity: desired);
        }

        return controller.ScaleOutCooldown(now, policy) is null
            ? new NotScaledReason(NotScaledReason.AlreadyAtDesiredCapacity, CurrentCapacity: desired)
            : new NotScaledReason(NotScaledReason.Cooldown, CurrentCapacity: desired);
    }

    private static NotScaledReason? RefuseIn(TargetController controller, DateTimeOffset now, int capacity)
    {
        var target = controller.Target;
        var desired = controller.Service.DesiredCount;
        if (target.Suspended.DynamicScalingIn)
        {
            return new NotScaledReason(NotScaledReason.Suspended, CurrentCapacity: desired);
        }

        if (desired <= target.MinCapacity)
        {
            return new NotScaledReason(NotScaledReason.AlreadyAtMinCapacity, MinCapacity: target.MinCapacity, CurrentCapacity: desired);
        }

        if (capacity >= desired)
        {
            return new NotScaledReason(NotScaledReason.AlreadyAtDesiredCapacity, CurrentCapacity: desired);
        }

        // "Application Auto Scaling turns off scale-in processes while Amazon ECS deployments are in progress."
        if (controller.Service.IsDeploying)
        {
            return new NotScaledReason(NotScaledReason.Unscalable, CurrentCapacity: desired);
        }

        return controller.ScaleInCooldown(now) is null ? null : new NotScaledReason(NotScaledReason.Cooldown, CurrentCapacity: desired);
    }
}
