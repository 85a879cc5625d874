namespace FastScaling.Benchmarks.Soak;

/// <summary>What a CloudWatch of a soak run holds of a metric of a service.</summary>
/// <param name="IsLost">Whether these are data of calls that were lost.</param>
/// <param name="Service">The dimension ServiceName.</param>
/// <param name="Metric">The name of the metric.</param>
/// <param name="Points">The data points.</param>
internal sealed record HeldSeries(bool IsLost, string Service, string Metric, IReadOnlyList<HeldPoint> Points);
