using System.Diagnostics.Metrics;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>
/// Gives ASP.NET Core meters that are already disposed. OpenTelemetry subscribes by meter name across the process, so the server's own requests
/// would count as the application's; instruments of a disposed meter are never published to anyone.
/// </summary>
internal sealed class SilentMeterFactory : IMeterFactory
{
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        meter.Dispose();
        return meter;
    }

    public void Dispose()
    {
    }
}
