using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The second reader of the application's provider. A callback of the application that hangs may hold up its last collection no
/// longer than what is left of the time to stop: without that it would be five seconds.
/// </summary>
/// <param name="exporter">Where the metrics go; belongs to the reader.</param>
/// <param name="interval">How often they are collected.</param>
/// <param name="timeLeft">What is left of the time to stop.</param>
internal sealed class ProviderMetricsReader(CloudWatchMetricExporter exporter, TimeSpan interval, Func<TimeSpan> timeLeft)
    : PeriodicExportingMetricReader(exporter, (int)interval.TotalMilliseconds)
{
    /// <inheritdoc />
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        var left = (int)Math.Max(0, timeLeft().TotalMilliseconds);
        return base.OnShutdown(timeoutMilliseconds == Timeout.Infinite ? left : Math.Min(left, timeoutMilliseconds));
    }
}
