using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>What tells one stream of data to CloudWatch from another. Each has a sender, a thread and a backlog of its own.</summary>
/// <param name="Namespace">The CloudWatch namespace.</param>
/// <param name="ExportInterval">How far calls are apart.</param>
/// <param name="CreateWriter">Makes what writes the bodies, once the destination is known.</param>
/// <param name="OnStarted">Called once, on the sending thread, when the destination is known.</param>
internal sealed record Lane(
    string Namespace,
    TimeSpan ExportInterval,
    Func<Destination, PutMetricDataWriter> CreateWriter,
    Action<Destination> OnStarted);
