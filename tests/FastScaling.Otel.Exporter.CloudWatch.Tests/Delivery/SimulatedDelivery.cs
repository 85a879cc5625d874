using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>
/// The delivery plan against an endpoint with strict rules, in simulated time: one sample a second, one turn an interval.
/// Checks after every step that each datum is in exactly one place, and that bounds and paces are kept.
/// </summary>
internal sealed class SimulatedDelivery : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TurnTime = Interval * 0.8;
    private static readonly TimeSpan SignatureTolerance = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();
    private readonly ExporterStatistics _statistics;
    private readonly PendingSamples _pending;
    private readonly PutMetricDataWriter _writer = new("Test", [new("ServiceName", "test")], 1);
    private readonly ClockOffset _clock;
    private readonly DeliveryPlan _plan;
    private readonly Random _random;
    private readonly long _maxBytes;
    private readonly TimeSpan _maxAge;
    private readonly Dictionary<(string Metric, long Second), int> _held = [];
    private TimeSpan _sampledUntil;
    private TimeSpan _nextTurn;
    private TimeSpan _turnEnd;
    private TimeSpan? _expiredUntil;
    private ReadOnlyMemory<byte> _body;
    private long _sampled;

    public SimulatedDelivery(int seed, long maxBytes, TimeSpan maxAge)
    {
        _random = new Random(seed);
        _maxBytes = maxBytes;
        _maxAge = maxAge;
        _statistics = new ExporterStatistics("simulated", _time);
        _pending = new PendingSamples(maxBytes, maxAge, _statistics.Drop, _time);
        _clock = new ClockOffset(_time);
        _plan = new DeliveryPlan(_pending, _writer, _statistics, Interval, _random.NextDouble, (_, _) => { });
        _nextTurn = Interval * _random.NextDouble();
    }

    /// <summary>What happens to a call at a time.</summary>
    public Func<TimeSpan, Fault> FaultAt { get; set; } = _ => Fault.None;

    /// <summary>Data that are refused.</summary>
    public Func<(string Metric, long Second), bool> IsPoison { get; set; } = _ => false;

    /// <summary>The most data that a request may have.</summary>
    public int MaxData { get; set; } = 1000;

    public bool IsSampling { get; set; } = true;

    /// <summary>How far the clock of the machine is off.</summary>
    public TimeSpan Skew
    {
        get => _time.WallShift;
        set => _time.WallShift = value;
    }

    public List<(TimeSpan At, int Data, SendOutcome Outcome, int Attempt)> Requests { get; } = [];

    public TimeSpan Now => new(_time.GetTimestamp());

    public PendingSamples Pending => _pending;

    public ExporterStatistics Statistics => _statistics;

    public long NewestHeld { get; private set; }

    public void RunUntil(TimeSpan end)
    {
        while (_nextTurn < end)
        {
            AdvanceTo(_nextTurn);
            _nextTurn += Interval;
            Turn(isLast: false);
        }

        AdvanceTo(end);
    }

    /// <summary>The last turn, and what it leaves.</summary>
    public void Stop()
    {
        Turn(isLast: true);
        _pending.Abandon();
        Check();
        Assert.Equal((0, 0L), (_pending.Data, _pending.Bytes));
    }

    public void Dispose() => _statistics.Dispose();

    private void Turn(bool isLast)
    {
        _turnEnd = Now + TurnTime;
        _plan.Begin(Now, _turnEnd, isLast);
        Check();
        while (true)
        {
            var step = _plan.Next(Now);
            Check();
            if (step.Action == DeliveryAction.End)
            {
                return;
            }

            if (step.Action == DeliveryAction.Wait)
            {
                Assert.InRange(step.Wait, TimeSpan.FromTicks(1), Backoff.OfFailures.Longest);
                AdvanceTo(Now + step.Wait);
            }
            else
            {
                Send();
            }
        }
    }

    private void Send()
    {
        if (_plan.Attempt == 1)
        {
            _body = _writer.End();
        }

        Assert.InRange(Now, TimeSpan.Zero, _turnEnd);
        var (began, data) = (Now, StrictBody.Read(_body));
        Assert.Equal(_plan.Parcel.Data, data.Count);
        var (newest, oldest) = (data.Max(datum => datum.Second), data.Min(datum => datum.Second));
        Assert.InRange(oldest, Now.TotalSeconds - (_maxAge + TurnTime).TotalSeconds - 1, newest);
        var outcome = Call(data, _plan.Parcel.Data);
        Requests.Add((began, data.Count, outcome, _plan.Attempt));
        _plan.Ended(Now, outcome);
        Check();
    }

    private SendOutcome Call(List<(string Metric, long Second)> data, int count)
    {
        var fault = FaultAt(Now);
        var left = _turnEnd - Now;
        switch (fault)
        {
            case Fault.Unreachable:
                AdvanceTo(Now + (_random.Next(3) == 0 ? left : TimeSpan.Zero));
                return SendOutcome.Failed;
            case Fault.Hang or Fault.Garbage or Fault.ResetBeforeReply:
                AdvanceTo(Now + (fault == Fault.Hang ? left : TimeSpan.FromMilliseconds(20)));
                HoldPerhaps(data);
                return SendOutcome.Unknown;
            case Fault.Slow when TimeSpan.FromSeconds(6) * _random.NextDouble() is var takes:
                AdvanceTo(Now + (takes < left ? takes : left));
                if (takes >= left)
                {
                    Hold(data);
                    return SendOutcome.Unknown;
                }

                break;
            case Fault.Nameless:
                HoldPerhaps(data);
                break;
        }

        var sent = _clock.Now;
        AdvanceTo(Now + TimeSpan.FromMilliseconds(5 + _random.Next(100)));
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000) + Now;
        var signedAt = _clock.UtcNow;
        var reply = ReplyOf(fault, data, count, (now - signedAt).Duration());
        TimeSpan? skew = null;
        if (reply.Headers.ContainsKey(ReplyClassifier.RequestId))
        {
            var date = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
            _clock.Observe(date, sent, _clock.Now);
            skew = date - signedAt;
        }

        return ReplyClassifier.Classify(reply, skew).Outcome;
    }

    private HttpReply ReplyOf(Fault fault, List<(string Metric, long Second)> data, int count, TimeSpan skew)
    {
        var isOfCloudWatch = fault is Fault.None or Fault.Slow or Fault.ResetAfterReply or Fault.ExpiredToken;
        if (fault == Fault.ExpiredToken)
        {
            // The look-up of new credentials takes its time.
            _expiredUntil ??= Now + TimeSpan.FromSeconds(2);
            fault = Now < _expiredUntil ? fault : Fault.None;
        }

        if (!isOfCloudWatch || fault == Fault.ExpiredToken)
        {
            return Reply(FaultReplies.Of(fault, _random));
        }

        if (skew > SignatureTolerance)
        {
            return Reply(FaultReplies.Error(_random, (403, _random.Next(2) == 0 ? "RequestTimeTooSkewed" : "SignatureDoesNotMatch")));
        }

        if (count > MaxData)
        {
            return Reply((413, "x-amzn-RequestId: 1", string.Empty));
        }

        if (data.Any(IsPoison))
        {
            return Reply(FaultReplies.Error(_random, (400, "InvalidParameterValue")));
        }

        Hold(data);
        return Reply(FaultReplies.Of(Fault.None, _random));
    }

    private void HoldPerhaps(List<(string Metric, long Second)> data)
    {
        if (_random.Next(2) == 0)
        {
            Hold(data);
        }
    }

    private void Hold(List<(string Metric, long Second)> data)
    {
        foreach (var datum in data)
        {
            _held[datum] = _held.GetValueOrDefault(datum) + 1;
            NewestHeld = Math.Max(NewestHeld, datum.Second);
            if (_held[datum] != 1)
            {
                Assert.Fail($"{datum} is held twice.");
            }
        }
    }

    private void AdvanceTo(TimeSpan time)
    {
        while (_sampledUntil + TimeSpan.FromSeconds(1) <= time)
        {
            _sampledUntil += TimeSpan.FromSeconds(1);
            _time.Advance(_sampledUntil - Now);
            if (IsSampling)
            {
                Sample((long)_sampledUntil.TotalSeconds);
            }
        }

        _time.Advance(time - Now);
    }

    private void Sample(long second)
    {
        var sample = _pending.Rent();
        sample.Second = second;
        sample.Signals = (ScalingSignals)(1 + _random.Next((int)ScalingSignals.All));
        sample.ResponseTime.Clear();
        sample.ResponseTime.Add(0.0125, 10);
        sample.ResponseTime.Add(0.05, 3);
        _sampled += sample.DatumCount;
        _pending.Add(sample);
        Check();
    }

    private void Check()
    {
        var dropped = 0L;
        for (var reason = DropReason.BacklogFull; reason <= DropReason.Shutdown; reason++)
        {
            dropped += _statistics.Dropped(reason);
        }

        Assert.Equal(_sampled, _pending.Data + _statistics.AcceptedData + _statistics.UnknownData + dropped);
        Assert.True(_pending.Bytes <= _maxBytes);
        Assert.True(_held.Count >= _statistics.AcceptedData - InFlight && _held.Count <= _statistics.AcceptedData + _statistics.UnknownData + InFlight);
    }

    // Between the reply and its accounting the parcel is in both books.
    private int InFlight => _plan.Parcel.Data;

    private static HttpReply Reply((int Status, string Headers, string Body) reply) => new()
    {
        Status = reply.Status,
        Headers = reply.Headers.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(header => header.Split(": "))
            .ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase),
        Body = Encoding.UTF8.GetBytes(reply.Body),
        KeepsConnection = true,
    };
}
