using System.Security.Cryptography.X509Certificates;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Takes what is pending, newest first, into as few requests as it needs, and accounts for what became of every datum.
/// Used by the sending thread alone.
/// </summary>
internal sealed class Sender : IDisposable
{
    private readonly ExporterSettings _settings;
    private readonly PendingSamples _pending;
    private readonly AwsResolver _resolver;
    private readonly Func<Destination, bool> _mayPublish;
    private readonly ExporterStatistics _statistics;
    private readonly SendingLog _log;
    private readonly X509Certificate2Collection? _trustedRoots;
    private readonly BodyCompressor _compressor = new();
    private readonly List<Sample> _inFlight = [];
    private PutMetricDataWriter? _writer;
    private PutMetricDataClient? _client;
    private bool _mustNotPublish;

    /// <param name="settings">The options.</param>
    /// <param name="pending">What there is to send.</param>
    /// <param name="resolver">Where to and with which credentials.</param>
    /// <param name="mayPublish">Whether the destination belongs to this pipeline.</param>
    /// <param name="statistics">Counts what became of the data.</param>
    /// <param name="log">Tells the application.</param>
    /// <param name="trustedRoots">Trusted in place of the system's certificates, or null.</param>
    public Sender(
        ExporterSettings settings,
        PendingSamples pending,
        AwsResolver resolver,
        Func<Destination, bool> mayPublish,
        ExporterStatistics statistics,
        SendingLog log,
        X509Certificate2Collection? trustedRoots)
    {
        _settings = settings;
        _pending = pending;
        _resolver = resolver;
        _mayPublish = mayPublish;
        _statistics = statistics;
        _log = log;
        _trustedRoots = trustedRoots;
    }

    /// <summary>Whether destination and credentials are known.</summary>
    public bool IsReady => _resolver.Credentials is not null && !_mustNotPublish;

    /// <summary>Whether it is worth waiting for that at the end of a short life.</summary>
    public bool MayBecomeReady => !_resolver.HasFailed && !_mustNotPublish && _pending.Count > 0;

    /// <summary>
    /// Sends what is pending. What comes while the last call is under way waits for the next turn: it must not cost a
    /// call of its own.
    /// </summary>
    /// <returns>Whether all of it was accepted.</returns>
    public bool SendPending(Deadline deadline)
    {
        if (_client is null && !TryStart(_resolver.Destination!))
        {
            return false;
        }

        bool isMore;
        do
        {
            isMore = TakeBatch();
            if (_inFlight.Count > 0 && SendBatch(deadline).Outcome != SendOutcome.Accepted)
            {
                return false;
            }
        }
        while (isMore);

        return true;
    }

    /// <summary>Gives up what is still pending, at the end.</summary>
    public void Abandon()
    {
        var data = 0;
        while (_pending.TakeNewest() is { } sample)
        {
            data += sample.DatumCount;
        }

        if (data > 0)
        {
            _statistics.Drop(DropReason.Shutdown, data);
            _log.Logger.LostAtShutdown(data);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _compressor.Dispose();
    }

    private bool TryStart(Destination destination)
    {
        if (!_mayPublish(destination))
        {
            _mustNotPublish = true;
            return false;
        }

        _writer = new PutMetricDataWriter(_settings.Namespace, destination.Dimensions, _settings.StorageResolution, destination.TaskDimensions);
        _client = new PutMetricDataClient(destination.Endpoint, destination.Region, _trustedRoots);
        _log.Started(_settings, destination, _resolver.AssumedServiceName);
        return true;
    }

    /// <summary>Writes as many samples as fit into one request.</summary>
    /// <returns>Whether some did not fit.</returns>
    private bool TakeBatch()
    {
        _inFlight.Clear();
        _writer!.Begin();
        while (_pending.TakeNewest() is { } sample)
        {
            if (_writer.TryAdd(sample))
            {
                _inFlight.Add(sample);
                continue;
            }

            if (_inFlight.Count > 0)
            {
                _pending.Add(sample);
                return true;
            }

            // One that fits into no request at all, which no valid options can cause, must not stop the others.
            _statistics.Drop(DropReason.Refused, sample.DatumCount);
            _pending.Return(sample);
        }

        return false;
    }

    private SendResult SendBatch(Deadline deadline)
    {
        var data = _writer!.DatumCount;
        var body = _compressor.Compress(_writer.End(), out var isGzip);
        var result = _client!.Send(body.Span, isGzip, _resolver.Credentials!, deadline);
        foreach (var sample in _inFlight)
        {
            if (result.Outcome == SendOutcome.Failed)
            {
                _pending.Add(sample);
            }
            else
            {
                _pending.Return(sample);
            }
        }

        _statistics.Sent(result.Outcome, data);
        _log.Sent(result, data, _pending.Count);
        if (result.Reason.Contains("ExpiredToken", StringComparison.Ordinal))
        {
            _resolver.Renew();
        }

        return result;
    }
}
