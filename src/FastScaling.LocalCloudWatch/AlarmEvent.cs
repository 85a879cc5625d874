using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch;

/// <summary>Something that an alarm did.</summary>
public abstract class AlarmEvent
{
    private protected AlarmEvent(DateTimeOffset time, AlarmDefinition definition)
    {
        Time = time;
        Definition = definition;
    }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The name of the alarm.</summary>
    public string AlarmName => Definition.Name;

    /// <summary>The ARN of the alarm.</summary>
    public string AlarmArn => Definition.Arn;

    internal AlarmDefinition Definition { get; }
}
