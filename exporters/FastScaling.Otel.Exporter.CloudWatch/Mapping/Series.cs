using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Batching;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// A series beside the built-in signals: a metric with a unit and dimensions of its own, besides those of the service.
/// What is the same in all its data is encoded once.
/// </summary>
internal sealed class Series
{
    private readonly byte[] _start;
    private readonly byte[] _dimensions;

    /// <param name="metricName">An acceptable name (see <see cref="AcceptableText"/>).</param>
    /// <param name="unit">A unit of CloudWatch.</param>
    /// <param name="dimensions">Acceptable names and values; none of them a dimension of the service.</param>
    public Series(string metricName, string unit, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        MetricName = metricName;
        Unit = unit;
        Dimensions = dimensions;
        _start = Encoding.UTF8.GetBytes($"{{\"MetricName\":{JsonString.Quote(metricName)},\"Unit\":{JsonString.Quote(unit)},\"Dimensions\":[");
        _dimensions = JsonString.Dimensions(dimensions);
    }

    public string MetricName { get; }

    public string Unit { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; }

    /// <summary>From where on a rise is a surge, in <see cref="Unit"/>; null takes no part.</summary>
    public double? SurgeThreshold { get; init; }

    /// <summary>Whether the values are those of single events, such as durations, of which few say little.</summary>
    public bool IsOfEvents { get; init; }

    /// <summary>The datum in JSON up to its dimensions.</summary>
    public ReadOnlySpan<byte> EncodedStart => _start;

    /// <summary>The dimensions in JSON, without brackets.</summary>
    public ReadOnlySpan<byte> EncodedDimensions => _dimensions;
}
