using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The whole way from the instruments to CloudWatch. Hangs on the application's meter provider and ends with it.
/// </summary>
internal sealed class ScalingPipeline : IDisposable
{
    private readonly string _name;
    private readonly ExporterSettings _settings;
    private readonly SignalCollector _collector;
    private readonly SamplingThread _sampling;
    private readonly SendingThread _sending;
    private readonly AwsResolver _resolver;
    private readonly SampleClock _clock = new();
    private readonly CustomSignals _custom;
    private readonly SchedulingStatistics _scheduling;
    private CancellationTokenRegistration _stoppingRegistration;
    private int _isDisposed;

    private ScalingPipeline(string name, ExporterSettings settings, MeterProvider provider, PipelineServices services)
    {
        var time = TimeProvider.System;
        _name = name;
        _settings = settings;
        Statistics = new ExporterStatistics(name);
        var pending = new PendingSamples(
            settings.MaxBacklogBytes,
            settings.MaxBacklogAge,
            Statistics.Drop,
            time);
        var clock = new ClockOffset(time);
        Statistics.Watch(pending, clock);

        _resolver = new AwsResolver(
            new DestinationSource(settings, AwsEnvironment.Process, () => IdentityOf(provider, services.ApplicationName)),
            new CredentialSource(settings.Credentials, AwsEnvironment.Process, time),
            () => _sending!.SendNow(),
            time,
            services.Logger);

        var log = new SendingLog(services.Logger, Statistics, time);
        var sender = new Sender(
            new Lane(
                settings.Namespace,
                settings.ExportInterval,
                destination => new PutMetricDataWriter(settings.Namespace, destination.Dimensions, settings.StorageResolution),
                destination =>
                {
                    log.Started(settings, destination, _resolver!.AssumedServiceName);
                    if (settings.CallTimes.QuietExportInterval > TimeSpan.Zero)
                    {
                        services.Logger.QuietMode(settings.CallTimes.QuietExportInterval, settings.QuietBelow);
                    }
                }),
            pending,
            _resolver,
            destination => MayPublish(destination, services),
            Statistics,
            log,
            clock,
            services.TrustedRoots);

        var schedule = new CallSchedule(settings.CallTimes, Random.Shared, delay => _scheduling!.SurgeAccepted(delay));
        _custom = new CustomSignals(settings.CustomSignals);
        var clockLog = new ClockLog(_clock, services.Logger);
        void OnTurn()
        {
            clockLog.Check();
            _custom.Log(services.Logger);
        }

        _scheduling = new SchedulingStatistics(name, () => schedule.ExtraCalls, () => _clock.Offset, _custom);
        _sending = new SendingThread(sender, schedule, settings.RequestTimeout, time, OnTurn);

        ClockReading ReadClock() => _clock.Correct(ClockReading.Of(time), clock.Offset);
        var now = ReadClock();
        var watch = new SurgeWatch(settings.SurgeThresholds, settings.Signals, settings.QuietBelow, settings.CustomSignals);
        var sampler = new Sampler(settings.Signals, now.Monotonic + settings.WarmUp, watch);
        _collector = new SignalCollector(services.MeterFactory);
        _sampling = new SamplingThread(
            _collector,
            sampler,
            new SampleSchedule(settings.SampleInterval, now),
            pending,
            Statistics,
            ReadClock,
            _custom,
            watch,
            samples =>
            {
                _scheduling.Hold(sampler.Held);
                if (samples > 0 && schedule.OnSamples(_sending.Elapsed, watch.TakeVerdict()))
                {
                    _sending.Reschedule();
                }
            },
            () => _sending.SendNow());
    }

    public ExporterStatistics Statistics { get; }

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
                + $"dimensions {PipelineRegistry.Describe(settings.Dimensions)} is published by another AddFastScalingCloudWatchExporter "
                + $"already; a second one, '{name}', must have another namespace or other dimensions.",
            ]);
        }

        var pipeline = new ScalingPipeline(name, settings, provider, services);
        PipelineTable.Add(provider, pipeline);
        pipeline.Start(services);
        return pipeline;
    }

    /// <summary>Sends the seconds that have ended and waits until they are accepted.</summary>
    public bool Flush(TimeSpan timeout) => Volatile.Read(ref _isDisposed) == 0 && _sending.Flush(timeout);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            // Unregister, not Dispose, which would wait for a callback that is running.
            _stoppingRegistration.Unregister();
            var deadline = new Deadline(_settings.ShutdownTimeout);
            _sampling.Stop(_settings.ShutdownTimeout);
            _custom.Stop();
            var left = deadline.Remaining;
            _sending.Stop(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            _resolver.Stop();
            _collector.Dispose();
            Statistics.Dispose();
            _scheduling.Dispose();
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

        _resolver.Start();
        _custom.Start();
        _sampling.Start();
        _sending.Start();
        _stoppingRegistration = services.Lifetime?.ApplicationStopping.UnsafeRegister(
            static pipeline => ((ScalingPipeline)pipeline!)._sampling.Drain(), this) ?? default;
        ExporterEventSource.Log.Started(_name);
    }

    private bool MayPublish(Destination destination, PipelineServices services)
    {
        if (services.Registry.TryClaim(_name, _settings.Namespace, destination.Dimensions))
        {
            return true;
        }

        services.Logger.DuplicatePipeline(_settings.Namespace, PipelineRegistry.Describe(destination.Dimensions), _name);
        return false;
    }

    /// <summary>
    /// The application's name in its resource, which can only be read once its provider has been built: null until then.
    /// </summary>
    private static ServiceIdentity? IdentityOf(MeterProvider provider, string applicationName)
    {
        if (provider.GetResource() is not { } resource)
        {
            return null;
        }

        var name = resource.Attributes.FirstOrDefault(attribute => attribute.Key == "service.name").Value as string;
        var isKnown = !string.IsNullOrWhiteSpace(name) && !name.StartsWith("unknown_service", StringComparison.Ordinal);
        return new ServiceIdentity(isKnown ? name : null, applicationName);
    }
}
