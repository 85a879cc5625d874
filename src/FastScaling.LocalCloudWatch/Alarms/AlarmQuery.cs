using FastScaling.LocalCloudWatch.MetricMath;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>One entry of an alarm's Metrics: a metric, or an expression over other entries.</summary>
internal sealed record AlarmQuery(string Id, string? Label, bool ReturnData)
{
    public MetricSource? Source { get; init; }

    public MathNode? Expression { get; init; }

    /// <summary>As the client wrote it.</summary>
    public string? Text { get; init; }

    public int? Period { get; init; }
}
