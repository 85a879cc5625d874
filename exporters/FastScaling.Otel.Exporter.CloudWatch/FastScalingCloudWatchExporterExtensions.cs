using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Metrics;

/// <summary>Publishes the scaling signals of an application to Amazon CloudWatch.</summary>
public static class FastScalingCloudWatchExporterExtensions
{
    /// <summary>
    /// Publishes the scaling signals to CloudWatch, one sample a second, with the default options and those of the
    /// configuration section <c>FastScaling:CloudWatch</c>.
    /// </summary>
    /// <param name="builder">The builder of the application's meter provider. What else it exports does not change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddFastScalingCloudWatchExporter(this MeterProviderBuilder builder)
        => AddFastScalingCloudWatchExporter(builder, name: null, configure: null);

    /// <summary>Publishes the scaling signals to CloudWatch, one sample a second.</summary>
    /// <param name="builder">The builder of the application's meter provider. What else it exports does not change.</param>
    /// <param name="configure">Sets options. Wins over configuration.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddFastScalingCloudWatchExporter(
        this MeterProviderBuilder builder,
        Action<FastScalingCloudWatchExporterOptions> configure)
        => AddFastScalingCloudWatchExporter(builder, name: null, configure);

    /// <summary>Publishes the scaling signals to CloudWatch, one sample a second.</summary>
    /// <remarks>
    /// Each name is one pipeline: adding it again only configures it further. Pipelines of different names must have
    /// different namespaces or dimensions. A bad option is an <see cref="OptionsValidationException"/> when the meter
    /// provider is built; after that nothing is ever thrown into the application.
    /// </remarks>
    /// <param name="builder">The builder of the application's meter provider. What else it exports does not change.</param>
    /// <param name="name">The name of the options, or null for the default.</param>
    /// <param name="configure">Sets options, or null. Wins over configuration.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddFastScalingCloudWatchExporter(
        this MeterProviderBuilder builder,
        string? name,
        Action<FastScalingCloudWatchExporterOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);

        name ??= Options.DefaultName;
        var isFirst = true;
        builder.ConfigureServices(services =>
        {
            services.AddOptions();
            services.TryAddSingleton<IOptionsFactory<FastScalingCloudWatchExporterOptions>, ExporterOptionsFactory>();
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IValidateOptions<FastScalingCloudWatchExporterOptions>, OptionsValidator>());
            services.TryAddSingleton<PipelineRegistry>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartBarrier>());
            if (configure is not null)
            {
                services.Configure(name, configure);
            }

            var registration = new PipelineRegistration(name);
            isFirst = !services.Any(service => registration.Equals(service.ImplementationInstance));
            if (isFirst)
            {
                services.AddSingleton(registration);
            }
        });

        if (!isFirst)
        {
            return builder;
        }

        // The provider takes null, from a pipeline that is switched off, for nothing to dispose.
        builder.AddInstrumentation((services, provider) => ScalingPipeline.Create(services, provider, name)!);
        if (builder is IDeferredMeterProviderBuilder deferred)
        {
            deferred.Configure((services, built) =>
            {
                if (services.GetRequiredService<PipelineRegistry>().Find(name)?.CreateProviderReader() is { } reader)
                {
                    built.AddReader(reader);
                }
            });
        }

        return builder;
    }

    /// <summary>
    /// Sends the scaling signals of all seconds that have ended, without waiting for the export interval, and waits
    /// until CloudWatch has accepted them. (<c>ForceFlush</c> does not reach the scaling pipeline. Disposing the
    /// provider sends the last samples by itself.)
    /// </summary>
    /// <param name="provider">The meter provider that the exporter was added to.</param>
    /// <param name="timeoutMilliseconds">
    /// How long to wait, in milliseconds; <see cref="Timeout.Infinite"/> waits until it is done. Default: 10,000.
    /// </param>
    /// <returns>Whether everything was accepted in time; true when there is no pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeoutMilliseconds"/> is below -1.</exception>
    public static bool FlushFastScalingSignals(this MeterProvider provider, int timeoutMilliseconds = 10_000)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMilliseconds, Timeout.Infinite);

        var succeeded = true;
        foreach (var pipeline in PipelineTable.Of(provider))
        {
            succeeded &= pipeline.Flush(TimeSpan.FromMilliseconds(timeoutMilliseconds));
        }

        return succeeded;
    }
}
