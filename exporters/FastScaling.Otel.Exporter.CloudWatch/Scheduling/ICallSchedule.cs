namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>Says when calls are due, by the monotonic time since the start.</summary>
internal interface ICallSchedule
{
    /// <summary>Time until a call is due; 0 or less when one is.</summary>
    TimeSpan UntilDue(TimeSpan elapsed);

    /// <summary>Whether a call is due. Calls that were missed are not made up for.</summary>
    bool TakeIfDue(TimeSpan elapsed);

    /// <summary>What became of the call that was taken last.</summary>
    /// <param name="elapsed">Now.</param>
    /// <param name="isAccepted">Whether everything was accepted that waited.</param>
    /// <param name="isNewestAccepted">Whether a newer second was accepted than ever before, whatever became of older ones.</param>
    /// <param name="isThrottled">Whether a call was throttled on the way.</param>
    void OnResult(TimeSpan elapsed, bool isAccepted, bool isNewestAccepted, bool isThrottled);
}
