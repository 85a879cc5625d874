namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>How a signal appears in CloudWatch. The metric's name is the signal's.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Unit">A unit of CloudWatch (MetricDatum, API reference).</param>
/// <param name="PerUnit">How many of that unit are one of ours: 1000 for seconds that are sent as milliseconds.</param>
internal sealed record SignalMetric(ScalingSignals Signal, string Unit, double PerUnit)
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Every signal that there is, the opt-in one too.</summary>
    public const ScalingSignals Every = ScalingSignals.All | ScalingSignals.FailedRequestsPerSecond;

    public static IReadOnlyList<SignalMetric> All { get; } =
    [
        new(ScalingSignals.RequestsPerSecond, "Count/Second", 1),
        new(ScalingSignals.ResponseTime, "Milliseconds", MillisecondsPerSecond),
        new(ScalingSignals.ActiveRequests, "Count", 1),
        new(ScalingSignals.ActiveConnections, "Count", 1),
        new(ScalingSignals.QueueLength, "Count", 1),
        new(ScalingSignals.QueueDelay, "Milliseconds", MillisecondsPerSecond),
        new(ScalingSignals.FailedRequestsPerSecond, "Count/Second", 1),
    ];

    public string Name { get; } = Signal.ToString();
}
