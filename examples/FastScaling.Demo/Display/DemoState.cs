using FastScaling.Demo.Load;
using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Display;

/// <summary>Everything that is shown, at one moment.</summary>
internal sealed record DemoState
{
    public required DateTimeOffset Now { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required LoadPhase Phase { get; init; }

    public required double Rate { get; init; }

    public required long Sent { get; init; }

    public required long Answered { get; init; }

    /// <summary>The Sum of RequestsPerSecond since the start; none when it has outlived what CloudWatch keeps.</summary>
    public required long? InCloudWatch { get; init; }

    public required long PutCalls { get; init; }

    public required CloudWatchView View { get; init; }

    public required bool IsOver { get; init; }

    /// <summary>The average that the alarm compares.</summary>
    public required double? Average { get; init; }

    /// <summary>When it went over the threshold, or back; none before the first time.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }
}
