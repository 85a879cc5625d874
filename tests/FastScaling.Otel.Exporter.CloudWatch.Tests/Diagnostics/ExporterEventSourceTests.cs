using System.Diagnostics.Tracing;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public class ExporterEventSourceTests
{
    [Fact]
    public void The_manifest_is_valid()
    {
        var manifest = EventSource.GenerateManifest(
            typeof(ExporterEventSource), "none", EventManifestOptions.Strict | EventManifestOptions.AllowEventSourceOverride);

        Assert.Contains("OpenTelemetry-Exporter-FastScaling-CloudWatch", manifest, StringComparison.Ordinal);
        Assert.Null(ExporterEventSource.Log.ConstructionException);
    }

    [Fact]
    public void Every_event_arrives_with_its_values()
    {
        using var events = new CapturedEvents();
        var unique = Guid.NewGuid().ToString();

        ExporterEventSource.Log.Started(unique);
        ExporterEventSource.Log.Stopped(unique);
        ExporterEventSource.Log.Collected(1_700_000_000, 3, TimeSpan.FromMilliseconds(1.5));
        ExporterEventSource.Log.RequestEnded("Failed", 12, unique);
        ExporterEventSource.Log.Failed("Testing", new InvalidOperationException(unique));

        // Tests that run at the same time have events, too.
        Assert.Contains($"1: {unique}", events.Lines);
        Assert.Contains($"2: {unique}", events.Lines);
        Assert.Contains("3: 1700000000, 3, 0.0015", events.Lines);
        Assert.Contains($"4: Failed, 12, {unique}", events.Lines);
        Assert.Contains(events.Lines, line => line.StartsWith("5: Testing, System.InvalidOperationException: " + unique, StringComparison.Ordinal));
        Assert.DoesNotContain(events.Lines, line => line.StartsWith("0:", StringComparison.Ordinal));
    }
}
