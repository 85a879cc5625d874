namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Where data wait.</summary>
internal enum PendingPlace
{
    /// <summary>Live data: never in a request so far.</summary>
    Fresh,

    /// <summary>The newest group of data that a refused or too large request was taken apart into; to be sent by themselves.</summary>
    Suspect,

    /// <summary>The backlog: was in a request that CloudWatch did not take, and may take later.</summary>
    Tried,
}
