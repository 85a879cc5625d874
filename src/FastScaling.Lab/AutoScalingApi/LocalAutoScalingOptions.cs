using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>How a <see cref="LocalAutoScalingServer"/> listens and what it scales.</summary>
internal sealed record LocalAutoScalingOptions
{
    /// <summary>The TCP port on the loopback address. Default 0: any free one. Allowed: 0 to 65535.</summary>
    public int Port { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The service behind a target; null where there is none. Default: every service exists, begins with one task, and starts and stops tasks at once.</summary>
    public Func<ScalableTargetId, IScalableService?>? Services { get; init; }

    public ScalingAssumptions Assumptions { get; init; } = ScalingAssumptions.Default;

    /// <summary>Makes the alarm of a target tracking policy, whose action is the policy's ARN. Default: nobody does.</summary>
    public Action<AlarmSpecification, string>? PutAlarm { get; init; }

    /// <summary>Deletes such an alarm by its name. Default: nobody does.</summary>
    public Action<string>? DeleteAlarm { get; init; }
}
