using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// The exporter's own events. The prefix of the name is the one that OpenTelemetry's self-diagnostics listen for.
/// </summary>
[EventSource(Name = "OpenTelemetry-Exporter-FastScaling-CloudWatch")]
internal sealed class ExporterEventSource : EventSource
{
    public static readonly ExporterEventSource Log = new();

    private ExporterEventSource()
    {
    }

    [NonEvent]
    public void Failed(string activity, Exception exception)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.All))
        {
            ActivityFailed(activity, exception.ToString());
        }
    }

    [NonEvent]
    public void Collected(long second, int samples, TimeSpan lateness)
    {
        if (IsEnabled(EventLevel.Verbose, EventKeywords.All))
        {
            SamplesCollected(second, samples, lateness.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture));
        }
    }

    [Event(1, Message = "The pipeline '{0}' has started.", Level = EventLevel.Informational)]
    public void Started(string pipeline) => WriteEvent(1, pipeline);

    [Event(2, Message = "The pipeline '{0}' has stopped.", Level = EventLevel.Informational)]
    public void Stopped(string pipeline) => WriteEvent(2, pipeline);

    [Event(3, Message = "Collected {1} samples from second {0} on, {2} s late.", Level = EventLevel.Verbose)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only primitive arguments.")]
    public void SamplesCollected(long firstSecond, int samples, string latenessSeconds) =>
        WriteEvent(3, firstSecond, samples, latenessSeconds);

    [Event(4, Message = "PutMetricData with {1} data: {0}. {2}", Level = EventLevel.Verbose)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only primitive arguments.")]
    public void RequestEnded(string outcome, int data, string reason) => WriteEvent(4, outcome, data, reason);

    [Event(5, Message = "{0} failed: {1}", Level = EventLevel.Error)]
    public void ActivityFailed(string activity, string exception) => WriteEvent(5, activity, exception);

    [Event(20, Message = "CloudWatch refused a datum of the metric '{0}', which is dropped: {1}", Level = EventLevel.Error)]
    public void DatumRefused(string metric, string reason) => WriteEvent(20, metric, reason);

    [Event(21, Message = "Dropped {1} data: {0}.", Level = EventLevel.Warning)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only primitive arguments.")]
    public void DataDropped(string reason, long data) => WriteEvent(21, reason, data);
}
