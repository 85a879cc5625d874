using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>Takes a collection apart into a <see cref="SignalReading"/>.</summary>
internal sealed class SignalExporter : BaseExporter<Metric>
{
    private readonly ExponentialHistogramMapping _mapping = new();

    /// <summary>What the next collection is written to; null drops it.</summary>
    public SignalReading? Reading { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (Reading is { } reading)
        {
            foreach (var metric in batch)
            {
                Read(metric, reading);
            }
        }

        return ExportResult.Success;
    }

    private void Read(Metric metric, SignalReading reading)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            switch (metric.Name)
            {
                case StandardInstruments.RequestDuration:
                    ReadDurations(in point, reading);
                    break;
                case SignalCollector.FailedRequests:
                    ReadFailures(in point, reading);
                    break;
                case StandardInstruments.ActiveRequests:
                    reading.ActiveRequests += point.GetSumLong();
                    break;
                case StandardInstruments.ActiveConnections:
                    reading.ActiveConnections += point.GetSumLong();
                    break;
                case StandardInstruments.QueuedConnections:
                case StandardInstruments.QueuedRequests:
                case StandardInstruments.RateLimiterQueuedRequests:
                    reading.QueuedRequests += point.GetSumLong();
                    break;
                case FastScalingMeter.ThreadPoolQueueLength:
                    reading.QueuedWorkItems += point.GetSumLong();
                    break;
                case FastScalingMeter.ThreadPoolQueueDelay:
                    reading.QueueDelay = point.GetGaugeLastValueDouble();
                    break;
            }
        }
    }

    /// <summary>
    /// A point without a tag has no <c>error.type</c>. The one that stands for more kinds of errors than there is room
    /// for has a tag too.
    /// </summary>
    private static void ReadFailures(ref readonly MetricPoint point, SignalReading reading)
    {
        if (point.Tags.Count > 0)
        {
            reading.FailedRequests += point.GetHistogramCount();
        }
    }

    private void ReadDurations(ref readonly MetricPoint point, SignalReading reading)
    {
        var count = point.GetHistogramCount();
        if (count <= 0 || !point.TryGetHistogramMinMaxValues(out var min, out var max))
        {
            return;
        }

        reading.EndedRequests += count;
        var histogram = point.GetExponentialHistogramData();
        _mapping.Begin();
        _mapping.AddZeros(histogram.ZeroCount);
        var index = histogram.PositiveBuckets.Offset;
        foreach (var bucketCount in histogram.PositiveBuckets)
        {
            _mapping.AddBucket(histogram.Scale, index++, bucketCount);
        }

        _mapping.End(point.GetHistogramSum(), min, max, reading.Durations);
    }
}
