using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Does what the delivery plan says: writes, compresses, signs and sends requests, waits in between, and tells the plan
/// what became of them. Used by the sending thread alone.
/// </summary>
internal sealed class Sender : IDisposable
{
    private readonly Lane _lane;
    private readonly PendingSamples _pending;
    private readonly AwsResolver _resolver;
    private readonly Func<Destination, bool> _mayPublish;
    private readonly ExporterStatistics _statistics;
    private readonly SendingLog _log;
    private readonly ClockOffset _clock;
    private readonly Func<Network> _network;
    private readonly BodyCompressor _compressor = new();
    private PutMetricDataWriter? _writer;
    private PutMetricDataClient? _client;
    private DeliveryPlan? _plan;
    private ReadOnlyMemory<byte> _body;
    private bool _isGzip;
    private bool _mustNotPublish;

    /// <param name="lane">What is sent where.</param>
    /// <param name="pending">What there is to send.</param>
    /// <param name="resolver">Where to and with which credentials.</param>
    /// <param name="mayPublish">Whether the destination belongs to this pipeline.</param>
    /// <param name="statistics">Counts what became of the data.</param>
    /// <param name="log">Tells the application.</param>
    /// <param name="clock">CloudWatch's time, and the monotonic time.</param>
    /// <param name="network">How to get to CloudWatch; asked for on the sending thread.</param>
    public Sender(
        Lane lane,
        PendingSamples pending,
        AwsResolver resolver,
        Func<Destination, bool> mayPublish,
        ExporterStatistics statistics,
        SendingLog log,
        ClockOffset clock,
        Func<Network> network)
    {
        _lane = lane;
        _pending = pending;
        _resolver = resolver;
        _mayPublish = mayPublish;
        _statistics = statistics;
        _log = log;
        _clock = clock;
        _network = network;
    }

    /// <summary>Whether destination and credentials are known.</summary>
    public bool IsReady => _resolver.Credentials is not null && !_mustNotPublish;

    /// <summary>Whether it is worth waiting for that at the end of a short life.</summary>
    public bool MayBecomeReady => !_resolver.HasFailed && !_mustNotPublish && _pending.Count > 0;

    /// <summary>When CloudWatch last asked for fewer calls, on the monotonic clock of <see cref="ClockOffset.Now"/>; null when it never did.</summary>
    public TimeSpan? LastThrottled => _plan?.LastThrottled;

    /// <summary>The newest second of which CloudWatch has taken data; null before the first.</summary>
    public long? NewestAcceptedSecond => _statistics.NewestAcceptedSecond;

    /// <summary>One turn: sends what is pending. What comes meanwhile waits for the next turn: it must not cost a call of its own.</summary>
    /// <param name="deadline">When all calls of the turn must be over.</param>
    /// <param name="wait">Waits before another attempt; says false when the turn must end instead.</param>
    /// <param name="isLast">Whether the process ends, and no pace is to be kept.</param>
    /// <returns>Whether all of it was accepted, and nothing waits from earlier turns.</returns>
    public bool SendPending(Deadline deadline, Func<TimeSpan, bool> wait, bool isLast = false)
    {
        if (_plan is null && !TryStart(_resolver.Destination!))
        {
            return false;
        }

        var plan = _plan!;
        try
        {
            var now = _clock.Now;
            plan.Begin(now, now + deadline.Remaining, isLast);
            while (plan.Next(_clock.Now) is { Action: not DeliveryAction.End } step)
            {
                if (step.Action == DeliveryAction.Send)
                {
                    Send(plan, deadline);
                }
                else if (!wait(step.Wait))
                {
                    break;
                }
            }

            return plan.HasSucceeded;
        }
        finally
        {
            // Something is left only when the turn was cut short, by the end or by an exception: it must not get lost.
            if (plan.Parcel.Data > 0)
            {
                plan.GiveUp();
            }

            _log.TurnEnded();
        }
    }

    /// <summary>Gives up what is still pending, at the end.</summary>
    public void Abandon()
    {
        var data = _pending.Abandon();
        if (data > 0)
        {
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

        _writer = _lane.CreateWriter(destination);
        _client = new PutMetricDataClient(destination.Endpoint, destination.Region, _network(), _clock);

        // Jitter is only there to spread processes; it protects nothing.
#pragma warning disable CA5394
        _plan = new DeliveryPlan(_pending, _writer, _statistics, _lane.ExportInterval, Random.Shared.NextDouble, _log.Refused);
#pragma warning restore CA5394
        _lane.OnStarted(destination);
        return true;
    }

    private void Send(DeliveryPlan plan, Deadline deadline)
    {
        if (plan.Attempt == 1)
        {
            _body = _compressor.Compress(_writer!.End(), out _isGzip);
        }

        var data = plan.Parcel.Data;
        var began = _clock.Now;
        var result = _client!.Send(_body.Span, _isGzip, _resolver.Credentials!, deadline);
        var now = _clock.Now;
        _statistics.Called(result, data, now - began);
        _log.Sent(result, data, _pending.Count, _lane.Namespace, _clock.Offset);
        plan.Ended(now, result.Outcome);
        if (result.Outcome is SendOutcome.ExpiredCredentials or SendOutcome.Forbidden)
        {
            _resolver.Renew();
        }
    }
}
