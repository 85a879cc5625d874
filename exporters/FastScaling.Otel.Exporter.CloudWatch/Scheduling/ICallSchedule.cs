namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>Says when calls are due, by the monotonic time since the start.</summary>
internal interface ICallSchedule
{
    /// <summary>Time until a call is due; 0 or less when one is.</summary>
    TimeSpan UntilDue(TimeSpan elapsed);

    /// <summary>Whether a call is due. Calls that were missed are not made up for.</summary>
    bool TakeIfDue(TimeSpan elapsed);

    /// <summary>What became of the call that was taken last.</summary>
    void OnResult(TimeSpan elapsed, bool isAccepted, bool isThrottled);
}
