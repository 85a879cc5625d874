using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The whole way from the instruments to CloudWatch: the look-ups, the lane of the signals, and perhaps that of the provider's
/// metrics. Hangs on the application's meter provider and ends with it.
/// </summary>
internal sealed class ScalingPipeline : IDisposable
{
    // How long the look-ups wait for a host that does not say that it has started.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestBuild = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly ExporterSettings _settings;
    private readonly AwsResolver _resolver;
    private readonly SignalLane _signals;
    private readonly MetricLane? _providerMetrics;
    private CancellationTokenRegistration _startedRegistration;
    private CancellationTokenRegistration _stoppingRegistration;
    private Deadline? _end;
    private int _isDisposed;

    private ScalingPipeline(string name, ExporterSettings settings, MeterProvider provider, PipelineServices services)
    {
        var time = TimeProvider.System;
        _name = name;
        _settings = settings;
        var taskClock = new TaskClock(AwsEnvironment.Process.EcsMetadataUri, services.Logger);
        _resolver = new AwsResolver(
            new DestinationSource(settings, AwsEnvironment.Process, () => ServiceIdentity.Of(provider, services.ApplicationName)),
            new CredentialSource(settings.Credentials, AwsEnvironment.Process, time),
            OnReady,
            time,
            services.Logger,
            taskClock);

        var clock = new ClockOffset(time);
        Network NetworkOf() => Network.Of(settings, AwsEnvironment.Process, services.TrustedRoots);
        _signals = new SignalLane(
            name,
            settings,
            services,
            _resolver,
            taskClock,
            clock,
            destination => MayPublish(destination, settings.Namespace, services),
            NetworkOf);
        if (settings.ExportsProviderMetrics)
        {
            var ofProvider = settings.ForProviderMetrics(isAnnounced: false);
            _providerMetrics = new MetricLane(
                name + " provider metrics",
                ofProvider,
                _resolver,
                clock,
                destination => MayPublish(destination, ofProvider.Namespace, services),
                services.Logger,
                NetworkOf);
        }
    }

    public ExporterStatistics Statistics => _signals.Statistics;

    /// <summary>How old what CloudWatch has is, and what is allowed.</summary>
    public DeliveryHealth Health => _signals.Health;

    /// <summary>Seconds that wait to be sent.</summary>
    public int PendingSamples => _signals.PendingSamples;

    /// <summary>Creates and starts the pipeline of this name, or nothing when it is switched off.</summary>
    /// <exception cref="OptionsValidationException">An option has a value that is not allowed.</exception>
    public static ScalingPipeline? Create(IServiceProvider serviceProvider, MeterProvider provider, string name)
    {
        var options = serviceProvider.GetRequiredService<IOptionsMonitor<FastScalingCloudWatchExporterOptions>>().Get(name);
        if (!options.Enabled)
        {
            return null;
        }

        var settings = new ExporterSettings(options);
        var services = new PipelineServices(serviceProvider);
        if (!services.Registry.TryClaim(name, settings.Namespace, settings.Dimensions))
        {
            throw new OptionsValidationException(name, typeof(FastScalingCloudWatchExporterOptions),
            [
                $"FastScaling CloudWatch exporter: {nameof(options.Namespace)} and {nameof(options.Dimensions)}: '{settings.Namespace}' with "
                + $"dimensions {DimensionNames.Describe(settings.Dimensions)} is published by another AddFastScalingCloudWatchExporter "
                + $"already; a second one, '{name}', must have another namespace or other dimensions.",
            ]);
        }

        foreach (var warning in options.ConfigurationWarnings)
        {
            services.Logger.ConfigurationUnknown(warning);
        }

        var pipeline = new ScalingPipeline(name, settings, provider, services);
        PipelineTable.Add(provider, pipeline);
        services.Registry.Add(name, pipeline);
        pipeline.Start(services);
        return pipeline;
    }

    /// <summary>Waits until the instruments are listened to.</summary>
    public bool WaitUntilListening(TimeSpan timeout) => _signals.WaitUntilListening(timeout);

    /// <summary>
    /// A reader for the application's provider, which belongs to it from then on; null when its metrics are not exported.
    /// </summary>
#pragma warning disable CA2000 // The reader disposes the exporter.
    public MetricReader? CreateProviderReader() => _providerMetrics is null ? null : new ProviderMetricsReader(
        new CloudWatchMetricExporter(_settings.ForProviderMetrics(), _providerMetrics, ExporterSettings.ProviderMetricsInterval),
        ExporterSettings.ProviderMetricsInterval,
        () => _end?.Remaining ?? _settings.ShutdownTimeout)
    {
        TemporalityPreference = MetricReaderTemporalityPreference.Delta,
    };
#pragma warning restore CA2000

    /// <summary>Sends the seconds that have ended and waits until they are accepted.</summary>
    public bool Flush(TimeSpan timeout) => Volatile.Read(ref _isDisposed) == 0 && _signals.Flush(timeout);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            // Unregister, not Dispose, which would wait for a callback that is running.
            _resolver.Renew(); // In case the application ends before it has started.
            _startedRegistration.Unregister();
            _stoppingRegistration.Unregister();
            var deadline = new Deadline(_settings.ShutdownTimeout);
            _end = deadline; // The reader of the provider's metrics is ended after this, in what is left.
            _providerMetrics?.SendRest();
            _signals.Stop(deadline);
            _resolver.Stop();
            _signals.Dispose();
            ExporterEventSource.Log.Stopped(_name);
        }
        catch (Exception exception)
        {
            // Disposing the host's provider must not fail because of us.
            ExporterEventSource.Log.Failed("Stopping", exception);
        }
    }

    private void Start(PipelineServices services)
    {
        if (services.MeterFactory is null)
        {
            services.Logger.ProcessWide();
        }

        // The collection first: it must not miss much. Without a host there is no start to hold up, and the first
        // measurement may come at once.
        _signals.StartSampling();
        if (services.Lifetime is null)
        {
            _signals.WaitUntilListening(LongestBuild);
        }

        var isStarting = services.Lifetime is { ApplicationStarted.IsCancellationRequested: false };
        _resolver.Start(isStarting ? LongestStart : TimeSpan.Zero);
        _signals.StartSending();
        _providerMetrics?.Start();
        _startedRegistration = services.Lifetime?.ApplicationStarted.UnsafeRegister(
            static pipeline => ((ScalingPipeline)pipeline!)._resolver.Renew(), this) ?? default;
        _stoppingRegistration = services.Lifetime?.ApplicationStopping.UnsafeRegister(
            static pipeline => ((ScalingPipeline)pipeline!)._signals.Drain(), this) ?? default;
        ExporterEventSource.Log.Started(_name);
    }

    private void OnReady()
    {
        _signals.SendNow();
        _providerMetrics?.SendNow();
    }

    private bool MayPublish(Destination destination, string metricNamespace, PipelineServices services)
    {
        if (!PipelineServices.MayPublish(destination, services.Logger))
        {
            return false;
        }

        if (services.Registry.TryClaim(_name, metricNamespace, destination.Dimensions))
        {
            return true;
        }

        services.Logger.DuplicatePipeline(metricNamespace, DimensionNames.Describe(destination.Dimensions), _name);
        return false;
    }
}
