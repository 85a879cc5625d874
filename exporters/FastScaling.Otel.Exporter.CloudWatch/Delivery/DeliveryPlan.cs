using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>
/// What is sent next, what a result does to the data, and when the next attempt is. A pure state machine over (now,
/// event): a shell asks for the next step of a turn, takes it, and tells the result. What is in a request and where its data
/// go from there is the business of its <see cref="Packer"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// A turn sends the live data, then data that were refused together with others, then at most one request of backlog.
/// Only the first of these can fail more than once: after a failure that stays, a turn is over, so that in an outage
/// there is one small request an interval.
/// </remarks>
internal sealed class DeliveryPlan
{
    /// <summary>How long to wait between attempts, at most, when somebody has to change a permission: 12 export intervals or this.</summary>
    public static readonly TimeSpan LongestForbiddenPace = TimeSpan.FromSeconds(60);

    /// <summary>Retries that there may be beyond one for each accepted request.</summary>
    public const int SpareRetries = 10;

    /// <summary>Requests that look for data at fault, at once; one more comes with each export interval.</summary>
    public const int SpareSearches = 24;

    // In export intervals: between attempts while publishing is forbidden, and the longest pause of the backlog after throttling.
    private const int SlowPace = 12;

    private readonly PendingSamples _pending;
    private readonly Packer _packer;
    private readonly ExporterStatistics _statistics;
    private readonly TimeSpan _exportInterval;
    private readonly Func<double> _random;
    private readonly Allowance _retries = new(SpareRetries, null);
    private readonly Allowance _searches;
    private readonly Allowance _backlog;
    private DeliveryStage _stage = DeliveryStage.End;
    private TimeSpan _begin;
    private TimeSpan _end;
    private TimeSpan? _retryAt;
    private TimeSpan _forbiddenUntil = TimeSpan.MinValue;
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private double _pause = 1;
    private bool _isLast;
    private bool _wasSkewed;
    private bool _areAllAccepted;

    /// <param name="pending">What there is to send.</param>
    /// <param name="writer">What requests are written to, and which says what fits.</param>
    /// <param name="statistics">Where data are counted that come to an end.</param>
    /// <param name="exportInterval">How far turns are apart.</param>
    /// <param name="random">From 0 to 1, for jitter.</param>
    /// <param name="onRefused">Called with the metric's name when a datum is dropped alone; with why, unless CloudWatch's last reply says so.</param>
    public DeliveryPlan(
        PendingSamples pending,
        PutMetricDataWriter writer,
        ExporterStatistics statistics,
        TimeSpan exportInterval,
        Func<double> random,
        Action<string, string?> onRefused)
    {
        _pending = pending;
        _packer = new Packer(pending, writer, statistics, onRefused);
        _statistics = statistics;
        _exportInterval = exportInterval;
        _random = random;
        _searches = new Allowance(SpareSearches, exportInterval);
        _backlog = new Allowance(1, exportInterval);
    }

    /// <summary>What is in the request that is to be sent, or under way.</summary>
    public Parcel Parcel => _packer.Parcel;

    /// <summary>Which attempt the request is, from 1.</summary>
    public int Attempt { get; private set; }

    /// <summary>When CloudWatch last asked for fewer calls; null when it never did.</summary>
    public TimeSpan? LastThrottled { get; private set; }

    /// <summary>Whether all that was to be sent in this turn was accepted, and nothing waits from earlier ones.</summary>
    public bool HasSucceeded => _areAllAccepted && !_pending.HasBacklog;

    /// <summary>Begins a turn.</summary>
    /// <param name="now">The monotonic time.</param>
    /// <param name="end">When all requests of the turn must be over.</param>
    /// <param name="isLast">Whether the process ends: then no pace is kept.</param>
    public void Begin(TimeSpan now, TimeSpan end, bool isLast = false)
    {
        _pending.Expire();
        (_begin, _end, _isLast) = (now, end, isLast);
        (_retryAt, _wasSkewed) = (null, false);
        _areAllAccepted = isLast || now >= _forbiddenUntil;
        _stage = _areAllAccepted ? DeliveryStage.Live : DeliveryStage.End;
    }

    /// <summary>The next step. After <see cref="DeliveryAction.Send"/>, tell the result by <see cref="Ended"/>.</summary>
    public DeliveryStep Next(TimeSpan now)
    {
        if (_retryAt is { } retryAt)
        {
            if (now < retryAt)
            {
                return new DeliveryStep(DeliveryAction.Wait, retryAt - now);
            }

            _retryAt = null;
            return new DeliveryStep(DeliveryAction.Send);
        }

        while (_stage != DeliveryStage.End)
        {
            if (TryCompose(now))
            {
                return new DeliveryStep(DeliveryAction.Send);
            }

            _stage++;
        }

        return new DeliveryStep(DeliveryAction.End);
    }

    /// <summary>What became of the request under way.</summary>
    public void Ended(TimeSpan now, SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted:
                Accept();
                break;
            case SendOutcome.Unknown:
                _statistics.Unknown(Parcel.Data);
                _packer.Release();
                _areAllAccepted = false;
                _stage = DeliveryStage.End;
                break;
            case SendOutcome.TooLarge:
                _packer.LowerLimit();
                TakeApart();
                break;
            case SendOutcome.Refused:
                TakeApart();
                break;
            case SendOutcome.Forbidden:
                _forbiddenUntil = now + (_exportInterval * SlowPace < LongestForbiddenPace ? _exportInterval * SlowPace : LongestForbiddenPace);
                GiveUp();
                break;
            case SendOutcome.ClockSkewed when !_wasSkewed && HasTimeFor(now):
                // The next signature has the right time, so there is nothing to wait for.
                _wasSkewed = true;
                Retry(now);
                break;
            case SendOutcome.Throttled:
                LastThrottled = now;
                _pausedUntil = now + (_exportInterval * _pause * _random());
                _pause = Math.Min(SlowPace, _pause * 2);
                RetryLater(now, Backoff.OfThrottling);
                break;
            default:
                RetryLater(now, Backoff.OfFailures);
                break;
        }
    }

    /// <summary>Ends the turn. What was under way, or waited for another attempt, is kept.</summary>
    public void GiveUp()
    {
        _stage = DeliveryStage.End;
        _retryAt = null;
        _areAllAccepted = false;
        _packer.PutBack();
    }

    private bool TryCompose(TimeSpan now) => _stage switch
    {
        DeliveryStage.Live => Compose(PendingPlace.Fresh),
        DeliveryStage.MoreLive => _packer.IsMore && HasTimeFor(now) && Compose(PendingPlace.Fresh),
        DeliveryStage.Suspects => HasTimeFor(now) && _pending.TryFindSuspects() && MaySendMore(now, _searches) && Compose(PendingPlace.Suspect),
        DeliveryStage.Backlog => HasTimeFor(now) && _pending.HasTried && MaySendMore(now, _backlog) && Compose(PendingPlace.Tried),
        _ => false,
    };

    private bool Compose(PendingPlace place)
    {
        Attempt = 1;
        return _packer.Fill(place);
    }

    private bool MaySendMore(TimeSpan now, Allowance allowance) => _isLast || (now >= _pausedUntil && allowance.TryTake(now));

    // A request that begins late would rather be cut off, and its data be lost, than wait for the next turn.
    private bool HasTimeFor(TimeSpan now) => _isLast ? now < _end : _end - now >= (_end - _begin) / 4;

    private void Accept()
    {
        _statistics.Accepted(Parcel.Data, Parcel.NewestSecond);
        _retries.Return();
        _forbiddenUntil = TimeSpan.MinValue;
        if (Parcel.Place == PendingPlace.Tried)
        {
            _pause = 1;
        }

        _packer.Forgive();
        _packer.Release();
        Advance();
    }

    private void TakeApart()
    {
        _areAllAccepted = false;
        _packer.TakeApart();
        Advance();
    }

    private void RetryLater(TimeSpan now, Backoff backoff)
    {
        var retryAt = now + backoff.Delay(Attempt, _random());
        if (Attempt < backoff.Attempts && HasTimeFor(retryAt) && _retries.TryTake(now))
        {
            Retry(retryAt);
        }
        else
        {
            GiveUp();
        }
    }

    private void Retry(TimeSpan at)
    {
        Attempt++;
        _retryAt = at;
        _statistics.Retried();
    }

    private void Advance()
    {
        // Suspects are sent until there are none, everything else once.
        if (_stage == DeliveryStage.Live || (_stage == DeliveryStage.Backlog && !_isLast))
        {
            _stage++;
        }
    }
}
