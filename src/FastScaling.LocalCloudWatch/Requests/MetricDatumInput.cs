namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record MetricDatumInput
{
    public string? MetricName { get; init; }

    public IReadOnlyList<DimensionInput> Dimensions { get; init; } = [];

    public DateTimeOffset? Timestamp { get; init; }

    public double? Value { get; init; }

    public IReadOnlyList<double> Values { get; init; } = [];

    public IReadOnlyList<double> Counts { get; init; } = [];

    public StatisticSetInput? StatisticValues { get; init; }

    public string? Unit { get; init; }

    public int? StorageResolution { get; init; }
}
