using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The way of the signals to CloudWatch, and of what is published like them: the threads that sample, what waits, and the
/// thread that sends it.
/// </summary>
internal sealed class SignalLane : IDisposable
{
    private readonly ExporterSettings _settings;
    private readonly ILogger _logger;
    private readonly ClockOffset _cloudWatchClock;
    private readonly SampleClock _clock = new();
    private readonly PendingSamples _pending;
    private readonly CallSchedule _schedule;
    private readonly SendingThread _sending;
    private readonly CustomSignals _custom;
    private readonly SchedulingStatistics _scheduling;
    private readonly SignalCollector _collector;
    private readonly SamplingThread _sampling;
    private readonly InstrumentThread? _instruments;

    /// <param name="name">The name of the pipeline.</param>
    /// <param name="settings">The options.</param>
    /// <param name="services">What the application's container has.</param>
    /// <param name="resolver">Where to and with which credentials.</param>
    /// <param name="taskClock">What ECS says about the clock.</param>
    /// <param name="clock">CloudWatch's time.</param>
    /// <param name="mayPublish">Whether the destination belongs to this lane.</param>
    /// <param name="network">How to get to CloudWatch; asked for on the sending thread.</param>
    public SignalLane(
        string name,
        ExporterSettings settings,
        PipelineServices services,
        AwsResolver resolver,
        TaskClock taskClock,
        ClockOffset clock,
        Func<Destination, bool> mayPublish,
        Func<Network> network)
    {
        var time = TimeProvider.System;
        _settings = settings;
        _logger = services.Logger;
        _cloudWatchClock = clock;
        Statistics = new ExporterStatistics(name);
        _pending = new PendingSamples(settings.MaxBacklogBytes, settings.MaxBacklogAge, Statistics.Drop, time);
        Statistics.Watch(_pending, clock);
        _custom = new CustomSignals(settings.CustomSignals);
        _schedule = new CallSchedule(settings.CallTimes, Random.Shared, delay => _scheduling!.SurgeAccepted(delay));
        _scheduling = new SchedulingStatistics(name, () => _schedule.ExtraCalls, () => _clock.Offset, () => taskClock.Drift, _custom);

        var log = new SendingLog(_logger, Statistics, time);
        var sender = new Sender(
            new Lane(
                settings.Namespace,
                settings.ExportInterval,
                destination => new PutMetricDataWriter(settings.Namespace, destination.Dimensions, settings.StorageResolution, destination.TaskDimensions),
                destination => Announce(log, destination, resolver.AssumedServiceName)),
            _pending,
            resolver,
            mayPublish,
            Statistics,
            log,
            clock,
            network);
        var clockLog = new ClockLog(_clock, _logger);
        _sending = new SendingThread(sender, _schedule, settings.RequestTimeout, time, () =>
        {
            clockLog.Check();
            _custom.Log(_logger);
        });

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
                if (samples > 0)
                {
                    OnSamples(watch.TakeVerdict(), SampleSource.Signals);
                }
            },
            SendNow);
        _instruments = settings.Instruments.Count == 0 ? null : new InstrumentThread(
            new InstrumentCollector(settings, services.MeterFactory),
            new SampleSchedule(settings.SampleInterval, now),
            _pending,
            Statistics,
            new MappingLog(_logger, Statistics, time),
            ReadClock,
            new InstrumentWatch(settings.QuietBelow),
            settings.Instruments.All(static rule => rule.SurgeThreshold is null) ? null : verdict => OnSamples(verdict, SampleSource.Instruments));
    }

    public ExporterStatistics Statistics { get; }

    /// <summary>How old what CloudWatch has is, and what is allowed.</summary>
    public DeliveryHealth Health { get; }

    /// <summary>Seconds that wait to be sent.</summary>
    public int PendingSamples => _pending.Count;

    /// <summary>Begins to sample. What is found waits until <see cref="StartSending"/>.</summary>
    public void StartSampling()
    {
        _custom.Start();
        _sampling.Start();
    }

    public void StartSending()
    {
        _sending.Start();
        _instruments?.Start();
    }

    /// <summary>Waits until the instruments are listened to.</summary>
    public bool WaitUntilListening(TimeSpan timeout) => _sampling.WaitUntilListening(timeout);

    /// <summary>Sends what waits without waiting for the schedule.</summary>
    public void SendNow() => _sending.SendNow();

    /// <summary>Sends what waits, and waits until it is accepted.</summary>
    public bool Flush(TimeSpan timeout) => _sending.Flush(timeout);

    /// <summary>From now on there are no zeros, and every sample leaves at once.</summary>
    public void Drain()
    {
        _instruments?.Drain();
        _sampling.Drain();
    }

    /// <summary>Takes the last samples and sends what waits; the threads end.</summary>
    public void Stop(Deadline deadline)
    {
        _instruments?.BeginStop();
        _sampling.Stop(deadline.Remaining);
        _instruments?.WaitForEnd(deadline.Remaining / 2);
        _custom.Stop();
        _sending.Stop(deadline.Remaining);
    }

    public void Dispose()
    {
        _collector.Dispose();
        Statistics.Dispose();
        _scheduling.Dispose();
    }

    private ClockReading ReadClock() => _clock.Correct(ClockReading.Of(TimeProvider.System), _cloudWatchClock.Offset);

    private void OnSamples(SurgeVerdict verdict, SampleSource source)
    {
        if (_schedule.OnSamples(_sending.Elapsed, verdict, source))
        {
            _sending.Reschedule();
        }
    }

    private void Announce(SendingLog log, Destination destination, string? assumedServiceName)
    {
        log.Started(_settings, destination, assumedServiceName);
        if (_settings.CallTimes.QuietExportInterval > TimeSpan.Zero)
        {
            _logger.QuietMode(_settings.CallTimes.QuietExportInterval, _settings.QuietBelow);
        }
    }
}
