using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch;

/// <summary>An alarm invoked one of its actions.</summary>
public sealed class AlarmActionInvocation : AlarmEvent
{
    internal AlarmActionInvocation(DateTimeOffset time, AlarmDefinition definition)
        : base(time, definition)
    {
    }

    /// <summary>The ARN of the action.</summary>
    public string ActionArn { get; internal init; } = "";

    /// <summary>The state whose action it is.</summary>
    public AlarmState State { get; internal init; }

    /// <summary>Whether the state goes on, and the action of an Auto Scaling policy is invoked again; otherwise the alarm has just changed its state.</summary>
    public bool IsRepeat { get; internal init; }

    /// <summary>The threshold of the alarm, in the unit of its metric.</summary>
    public double Threshold => Definition.Threshold;

    /// <summary>
    /// The data points that were compared with the threshold, oldest first, in the unit of the metric; empty when all were missing or the
    /// state was set by SetAlarmState.
    /// </summary>
    public IReadOnlyList<double> Datapoints { get; internal init; } = [];
}
