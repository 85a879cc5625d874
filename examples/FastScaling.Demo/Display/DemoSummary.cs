namespace FastScaling.Demo.Display;

/// <summary>What a run has shown.</summary>
internal sealed record DemoSummary
{
    public required DemoOptions Options { get; init; }

    /// <summary>How long the load lasted.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required bool WasStopped { get; init; }

    public required long Sent { get; init; }

    public required long Answered { get; init; }

    public required long HeldBack { get; init; }

    /// <summary>Requests of others than the load.</summary>
    public required long Visits { get; init; }

    /// <summary>The Sum of RequestsPerSecond; none when it has outlived what CloudWatch keeps.</summary>
    public required long? InCloudWatch { get; init; }

    public required long SeenByOwnExporter { get; init; }

    public required long PutCalls { get; init; }

    public required long RefusedCalls { get; init; }

    public required SurgeFinding? Finding { get; init; }

    /// <summary>Whether CloudWatch holds each request once; not a question when it no longer holds the beginning.</summary>
    public bool IsConserved => InCloudWatch is null || InCloudWatch == Sent + Visits;
}
