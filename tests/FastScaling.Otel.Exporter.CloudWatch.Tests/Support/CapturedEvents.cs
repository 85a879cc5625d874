using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Every event of the exporter in this process, as a line of its id and values.</summary>
internal sealed class CapturedEvents : EventListener
{
    private readonly ConcurrentQueue<string> _lines = new();

    public CapturedEvents() => EnableEvents(ExporterEventSource.Log, EventLevel.Verbose, EventKeywords.All);

    public IReadOnlyList<string> Lines => [.. _lines];

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{eventData.EventId}: {string.Join(", ", eventData.Payload ?? new([]))}"));
}
