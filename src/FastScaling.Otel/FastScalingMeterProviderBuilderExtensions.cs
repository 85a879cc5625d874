using FastScaling.Otel;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the meters of the scaling signals to a <see cref="MeterProviderBuilder"/>.</summary>
public static class FastScalingMeterProviderBuilderExtensions
{
    /// <summary>
    /// Subscribes to the meters that the scaling signals are made of, for any exporter: the hosting, Kestrel and rate
    /// limiting meters of ASP.NET Core, and <see cref="FastScalingMeter"/> for the queue of the thread pool.
    /// </summary>
    /// <remarks>
    /// Not needed for <c>AddFastScalingCloudWatchExporter</c>, which has a pipeline of its own. A service without
    /// ASP.NET Core has only the instruments of <see cref="FastScalingMeter"/>.
    /// </remarks>
    /// <param name="builder">The builder to add to.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddFastScalingInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder
            .AddMeter(
                StandardInstruments.HostingMeter,
                StandardInstruments.KestrelMeter,
                StandardInstruments.RateLimitingMeter,
                FastScalingMeter.Name)
            // The probe is no IDisposable on purpose: the provider disposes what it is given, and the meter is static.
            .AddInstrumentation(static () => FastScalingMeter.Probe);
    }
}
