namespace FastScaling.LocalCloudWatch;

/// <summary>What carries out the actions of alarms: a scaling policy, a topic.</summary>
internal interface IAlarmActionTarget
{
    /// <summary>Whether an action is for this target.</summary>
    /// <param name="actionArn">The ARN in the alarm's list of actions.</param>
    /// <returns><see langword="true"/> to be invoked for it.</returns>
    bool Accepts(string actionArn);

    /// <summary>Carries the action out. Invocations come one at a time, in the order of their times.</summary>
    /// <param name="invocation">Which alarm, which action, and the data behind it.</param>
    void Invoke(AlarmActionInvocation invocation);
}
