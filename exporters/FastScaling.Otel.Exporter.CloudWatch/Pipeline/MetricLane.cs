using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The way of an application's metrics to CloudWatch, apart from that of the signals: a backlog, requests and threads of
/// its own. Blocks leave spread over the time until the next ones.
/// </summary>
internal sealed class MetricLane
{
    // A series with as many values as a datum can have: one collection of such must find room.
    private const long BytesPerSeries = 2600;

    // What could not be sent is tried again then; without anything that waits there is no request.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(15);

    private readonly PendingSamples _pending;
    private readonly SendingThread _sending;
    private readonly PacedBlocks _paced = new();
    private readonly WakeSignal _wake = new();
    private readonly Thread _pacing;
    private readonly double _phase;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _start;
    private volatile bool _isStopping;

    /// <param name="name">The name of the lane in what the exporter says of itself.</param>
    /// <param name="settings">The options, with the namespace of the lane.</param>
    /// <param name="resolver">Where to and with which credentials.</param>
    /// <param name="clock">CloudWatch's time.</param>
    /// <param name="mayPublish">Whether the destination belongs to this lane.</param>
    /// <param name="logger">The application's log.</param>
    /// <param name="network">How to get to CloudWatch; asked for on the sending thread.</param>
    public MetricLane(
        string name,
        ExporterSettings settings,
        AwsResolver resolver,
        ClockOffset clock,
        Func<Destination, bool> mayPublish,
        ILogger logger,
        Func<Network> network)
    {
        Statistics = new ExporterStatistics(name);
        Log = new MappingLog(logger, Statistics, _time);
        var shortestAge = settings.ExportInterval * 2;
        _pending = new PendingSamples(
            Math.Max(settings.MaxBacklogBytes, settings.MaxSeries * BytesPerSeries),
            settings.MaxBacklogAge > shortestAge ? settings.MaxBacklogAge : shortestAge,
            Statistics.Drop,
            _time);
        Statistics.Watch(_pending, clock);
        var log = new SendingLog(logger, Statistics, _time);
        var sender = new Sender(
            new Lane(
                settings.Namespace,
                settings.ExportInterval,
                destination => new PutMetricDataWriter(settings.Namespace, destination.Dimensions, settings.StorageResolution),
                destination => log.Started(settings, destination, resolver.AssumedServiceName)),
            _pending,
            resolver,
            mayPublish,
            Statistics,
            log,
            clock,
            network);

        // The phase is only there to spread processes; it protects nothing.
#pragma warning disable CA5394
        _phase = Random.Shared.NextDouble();
#pragma warning restore CA5394
        _sending = new SendingThread(sender, new ExportSchedule(RetryInterval, RetryInterval * _phase), settings.RequestTimeout, _time);
        _start = _time.GetTimestamp();
        _pacing = new Thread(Pace) { IsBackground = true, Name = "FastScaling metrics" };
    }

    public ExporterStatistics Statistics { get; }

    public MappingLog Log { get; }

    public void Start()
    {
        _sending.Start();
        _pacing.UnsafeStart();
    }

    /// <summary>An empty block to fill; give it to <see cref="Add"/>.</summary>
    public Sample Rent() => _pending.Rent();

    /// <summary>Sends blocks, spread over a time.</summary>
    public void Add(IReadOnlyList<Sample> blocks, TimeSpan window)
    {
        _paced.Add(blocks, Now, window, _phase);
        _wake.Set();
    }

    /// <summary>Sends what has become pending without waiting for anything, as when credentials become known.</summary>
    public void SendNow() => _sending.SendNow();

    /// <summary>Sends all blocks at once instead of spread over the minute, without waiting for them.</summary>
    public void SendRest()
    {
        Release(TimeSpan.MaxValue);
        _sending.SendNow();
    }

    /// <summary>Sends all blocks and waits until they are accepted.</summary>
    public bool Flush(TimeSpan timeout)
    {
        Release(TimeSpan.MaxValue);
        return _sending.Flush(timeout);
    }

    /// <summary>Sends the rest and ends, in the given time.</summary>
    public void Stop(TimeSpan timeout)
    {
        _isStopping = true;
        _wake.Set();
        Release(TimeSpan.MaxValue);
        _sending.Stop(timeout);
        Statistics.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Pace()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        while (!_isStopping)
        {
            var wait = _paced.UntilDue(Now) ?? Timeout.InfiniteTimeSpan;
            if (wait > TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
            {
                _wake.Wait(wait);
            }
            else
            {
                Release(Now);
                _sending.SendNow();
            }
        }
    }

    private void Release(TimeSpan until)
    {
        while (_paced.TakeDue(until) is { } block)
        {
            Statistics.Collected(1, block.DatumCount, 0, TimeSpan.Zero);
            _pending.Add(block);
        }
    }
}
