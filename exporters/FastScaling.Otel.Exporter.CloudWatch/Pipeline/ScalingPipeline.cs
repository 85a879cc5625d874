using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The whole way from the instruments to CloudWatch. Hangs on the application's meter provider and ends with it.
/// </summary>
internal sealed class ScalingPipeline : IDisposable
{
    // How long the look-ups wait for a host that does not say that it has started.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestBuild = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly ExporterSettings _settings;
    private readonly SignalCollector _collector;
    private readonly PendingSamples _pending;
    private readonly SamplingThread _sampling;
    private readonly SendingThread _sending;
    private readonly AwsResolver _resolver;
    private readonly InstrumentThread? _instruments;
    private readonly MetricLane? _lane;
    private readonly SampleClock _clock = new();
    private readonly CustomSignals _custom;
    private readonly SchedulingStatistics _scheduling;
    private CancellationTokenRegistration _startedRegistration;
    private CancellationTokenRegistration _stoppingRegistration;
    private Deadline? _end;
    private int _isDisposed;

    private ScalingPipeline(string name, ExporterSettings settings, MeterProvider provider, PipelineServices services)
    {
        var time = TimeProvider.System;
        _name = name;
        _settings = settings;
        Statistics = new ExporterStatistics(name);
        _pending = new PendingSamples(
            settings.MaxBacklogBytes,
            settings.MaxBacklogAge,
            Statistics.Drop,
            time);
        var clock = new ClockOffset(time);
        Statistics.Watch(_pending, clock);

        var taskClock = new TaskClock(AwsEnvironment.Process.EcsMetadataUri, services.Logger);
        _resolver = new AwsResolver(
            new DestinationSource(settings, AwsEnvironment.Process, () => ServiceIdentity.Of(provider, services.ApplicationName)),
            new CredentialSource(settings.Credentials, AwsEnvironment.Process, time),
            OnReady,
            time,
            services.Logger,
            taskClock);

        Network NetworkOf() => Network.Of(settings, AwsEnvironment.Process, services.TrustedRoots);
        var log = new SendingLog(services.Logger, Statistics, time);
        var sender = new Sender(
            new Lane(
                settings.Namespace,
                settings.ExportInterval,
                destination => new PutMetricDataWriter(settings.Namespace, destination.Dimensions, settings.StorageResolution, destination.TaskDimensions),
                destination =>
                {
                    log.Started(settings, destination, _resolver!.AssumedServiceName);
                    if (settings.CallTimes.QuietExportInterval > TimeSpan.Zero)
                    {
                        services.Logger.QuietMode(settings.CallTimes.QuietExportInterval, settings.QuietBelow);
                    }
                }),
            _pending,
            _resolver,
            destination => MayPublish(destination, settings.Namespace, services),
            Statistics,
            log,
            clock,
            NetworkOf);

        var schedule = new CallSchedule(settings.CallTimes, Random.Shared, delay => _scheduling!.SurgeAccepted(delay));
        _custom = new CustomSignals(settings.CustomSignals);
        var clockLog = new ClockLog(_clock, services.Logger);
        void OnTurn()
        {
            clockLog.Check();
            _custom.Log(services.Logger);
        }

        _scheduling = new SchedulingStatistics(name, () => schedule.ExtraCalls, () => _clock.Offset, () => taskClock.Drift, _custom);
        _sending = new SendingThread(sender, schedule, settings.RequestTimeout, time, OnTurn);

        ClockReading ReadClock() => _clock.Correct(ClockReading.Of(time), clock.Offset);
        var now = ReadClock();
        var watch = new SurgeWatch(settings.SurgeThresholds, settings.Signals, settings.QuietBelow, settings.CustomSignals);
        var sampler = new Sampler(settings.Signals, now.Monotonic + settings.WarmUp, watch, settings.PerTaskSeries);
        Health = new DeliveryHealth(name, now.Wall + settings.WarmUp, settings.SampleInterval, settings.LongestInterval);
        _collector = new SignalCollector(services.MeterFactory, settings.Signals);
        _sampling = new SamplingThread(
            _collector,
            sampler,
            new SampleSchedule(settings.SampleInterval, now),
            _pending,
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

        void OnInstruments(SurgeVerdict verdict)
        {
            if (schedule.OnSamples(_sending.Elapsed, verdict, SampleSource.Instruments))
            {
                _sending.Reschedule();
            }
        }

        if (settings.Instruments.Count > 0)
        {
            _instruments = new InstrumentThread(
                new InstrumentCollector(settings, services.MeterFactory),
                new SampleSchedule(settings.SampleInterval, now),
                _pending,
                Statistics,
                new MappingLog(services.Logger, Statistics, time),
                ReadClock,
                new InstrumentWatch(settings.QuietBelow),
                settings.Instruments.All(static rule => rule.SurgeThreshold is null) ? null : OnInstruments);
        }

        if (settings.ExportsProviderMetrics)
        {
            var ofProvider = settings.ForProviderMetrics(isAnnounced: false);
            _lane = new MetricLane(
                name + " provider metrics",
                ofProvider,
                _resolver,
                clock,
                destination => MayPublish(destination, ofProvider.Namespace, services),
                services.Logger,
                NetworkOf);
        }
    }

    public ExporterStatistics Statistics { get; }

    /// <summary>How old what CloudWatch has is, and what is allowed.</summary>
    public DeliveryHealth Health { get; }

    /// <summary>Seconds that wait to be sent.</summary>
    public int PendingSamples => _pending.Count;

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
    public bool WaitUntilListening(TimeSpan timeout) => _sampling.WaitUntilListening(timeout);

    /// <summary>
    /// A reader for the application's provider, which belongs to it from then on; null when its metrics are not exported.
    /// </summary>
#pragma warning disable CA2000 // The reader disposes the exporter.
    public MetricReader? CreateProviderReader() => _lane is null ? null : new ProviderMetricsReader(
        new CloudWatchMetricExporter(_settings.ForProviderMetrics(), _lane, ExporterSettings.ProviderMetricsInterval),
        ExporterSettings.ProviderMetricsInterval,
        () => _end?.Remaining ?? _settings.ShutdownTimeout)
    {
        TemporalityPreference = MetricReaderTemporalityPreference.Delta,
    };
#pragma warning restore CA2000

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
            _resolver.Renew(); // In case the application ends before it has started.
            _startedRegistration.Unregister();
            _stoppingRegistration.Unregister();
            var deadline = new Deadline(_settings.ShutdownTimeout);
            _end = deadline; // The reader of the provider's metrics is ended after this, in what is left.
            _lane?.SendRest();
            _instruments?.BeginStop();
            _sampling.Stop(_settings.ShutdownTimeout);
            _instruments?.WaitForEnd(deadline.Remaining / 2);
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

        _custom.Start();

        // The collection first: it must not miss much. Without a host there is no start to hold up, and the first
        // measurement may come at once.
        _sampling.Start();
        if (services.Lifetime is null)
        {
            _sampling.WaitUntilListening(LongestBuild);
        }

        var isStarting = services.Lifetime is { ApplicationStarted.IsCancellationRequested: false };
        _resolver.Start(isStarting ? LongestStart : TimeSpan.Zero);
        _sending.Start();
        _instruments?.Start();
        _lane?.Start();
        _startedRegistration = services.Lifetime?.ApplicationStarted.UnsafeRegister(
            static pipeline => ((ScalingPipeline)pipeline!)._resolver.Renew(), this) ?? default;
        _stoppingRegistration = services.Lifetime?.ApplicationStopping.UnsafeRegister(
            static pipeline => ((ScalingPipeline)pipeline!).Drain(), this) ?? default;
        ExporterEventSource.Log.Started(_name);
    }

    private void OnReady()
    {
        _sending.SendNow();
        _lane?.SendNow();
    }

    private void Drain()
    {
        _instruments?.Drain();
        _sampling.Drain();
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

        services.Logger.DuplicatePipeline(metricNamespace, PipelineRegistry.Describe(destination.Dimensions), _name);
        return false;
    }
}
