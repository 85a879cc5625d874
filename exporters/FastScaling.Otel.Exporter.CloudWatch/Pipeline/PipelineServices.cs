using System.Diagnostics.Metrics;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>What a pipeline takes from the application's container. All of it can be missing.</summary>
internal sealed class PipelineServices
{
    public PipelineServices(IServiceProvider services)
    {
        Registry = services.GetRequiredService<PipelineRegistry>();
        Lifetime = services.GetService<IHostApplicationLifetime>();
        MeterFactory = services.GetService<IMeterFactory>();
        TrustedRoots = services.GetService<TrustedRoots>()?.Certificates;
        ApplicationName = services.GetService<IHostEnvironment>()?.ApplicationName
            ?? EntryAssembly;
        var factory = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        Logger = new SafeLogger(factory.CreateLogger(typeof(FastScalingCloudWatchExporterOptions).Namespace!));
    }

    /// <summary>The name of an application without a host.</summary>
    public static string EntryAssembly => Assembly.GetEntryAssembly()?.GetName().Name ?? "dotnet";

    public PipelineRegistry Registry { get; }

    public IHostApplicationLifetime? Lifetime { get; }

    public IMeterFactory? MeterFactory { get; }

    /// <summary>For tests with a certificate of their own.</summary>
    public X509Certificate2Collection? TrustedRoots { get; }

    public string ApplicationName { get; }

    public ILogger Logger { get; }

    /// <summary>Whether this container of the task is to publish; says so when it is not.</summary>
    public static bool MayPublish(Destination destination, ILogger logger)
    {
        if (destination.SilentContainer is { } container)
        {
            logger.ContainerIsSilent(container);
            return false;
        }

        return true;
    }
}
