using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>
/// What is sent next, what a result does to the data, and when the next attempt is. A pure state machine over (now,
/// event): a shell asks for the next step of a turn, takes it, and tells the result. Not thread-safe.
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

    // A 413 says that requests must be smaller, but not how small; below this they would become too many.
    private const int SmallestLimit = 100;

    // In export intervals: between attempts while publishing is forbidden, and the longest pause of the backlog after throttling.
    private const int SlowPace = 12;

    private readonly PendingSamples _pending;
    private readonly PutMetricDataWriter _writer;
    private readonly ExporterStatistics _statistics;
    private readonly TimeSpan _exportInterval;
    private readonly Func<double> _random;
    private readonly Action<string, string?> _onRefused;
    private readonly Offenders _offenders = new();
    private readonly PartList _aside = new();
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
    private int _dataLimit = PutMetricDataWriter.MaxData;
    private bool _isLast;
    private bool _isMore;
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
        _writer = writer;
        _statistics = statistics;
        _exportInterval = exportInterval;
        _random = random;
        _onRefused = onRefused;
        _searches = new Allowance(SpareSearches, exportInterval);
        _backlog = new Allowance(1, exportInterval);
    }

    /// <summary>What is in the request that is to be sent, or under way.</summary>
    public Parcel Parcel { get; } = new();

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
                Release();
                _areAllAccepted = false;
                _stage = DeliveryStage.End;
                break;
            case SendOutcome.Refused:
            case SendOutcome.TooLarge:
                TakeApart(outcome);
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
        if (Parcel.Place == PendingPlace.Suspect && Parcel.Data > 0)
        {
            _pending.BeginSuspects();
        }

        var place = Parcel.Place == PendingPlace.Suspect ? PendingPlace.Suspect : PendingPlace.Tried;
        foreach (var part in Parcel.Parts)
        {
            _pending.PutBack(place, part);
        }

        Parcel.Clear();
    }

    private bool TryCompose(TimeSpan now) => _stage switch
    {
        DeliveryStage.Live => Compose(PendingPlace.Fresh),
        DeliveryStage.MoreLive => _isMore && HasTimeFor(now) && Compose(PendingPlace.Fresh),
        DeliveryStage.Suspects => HasTimeFor(now) && _pending.TryFindSuspects() && MaySendMore(now, _searches) && Compose(PendingPlace.Suspect),
        DeliveryStage.Backlog => HasTimeFor(now) && _pending.HasTried && MaySendMore(now, _backlog) && Compose(PendingPlace.Tried),
        _ => false,
    };

    private bool MaySendMore(TimeSpan now, Allowance allowance) => _isLast || (now >= _pausedUntil && allowance.TryTake(now));

    // A request that begins late would rather be cut off, and its data be lost, than wait for the next turn.
    private bool HasTimeFor(TimeSpan now) => _isLast ? now < _end : _end - now >= (_end - _begin) / 4;

    /// <summary>Fills the parcel, newest first.</summary>
    /// <returns>Whether there is anything in it.</returns>
    private bool Compose(PendingPlace place)
    {
        Parcel.Begin(place);
        _writer.Begin();
        Attempt = 1;
        _isMore = false;
        while (!_isMore && _pending.TryTakeNewest(place, out var part))
        {
            if (place != PendingPlace.Suspect && !_offenders.IsEmpty)
            {
                AddWithoutOffenders(part);
            }
            else
            {
                _isMore = !TryAdd(part);
            }
        }

        if (_aside.Count > 0)
        {
            _pending.BeginSuspects();
            while (_aside.TryTakeNewest(out var part))
            {
                _pending.PutBack(PendingPlace.Suspect, part);
            }
        }

        return Parcel.Data > 0;
    }

    private void AddWithoutOffenders(Part part)
    {
        while (true)
        {
            var isOffender = IsOffender(part, 0);
            var run = 1;
            while (run < part.Count && IsOffender(part, run) == isOffender)
            {
                run++;
            }

            var isAll = run == part.Count;
            var (first, rest) = isAll ? (part, part) : _pending.Split(part, run);
            if (isOffender)
            {
                _aside.Add(first);
            }
            else if (!TryAdd(first))
            {
                _isMore = true;
                if (!isAll)
                {
                    _pending.PutBack(Parcel.Place, rest);
                }

                return;
            }

            if (isAll)
            {
                return;
            }

            part = rest;
        }
    }

    private bool IsOffender(Part part, int datum) => _offenders.Contains(PutMetricDataWriter.NameOf(part.Sample, part.Start + datum));

    /// <summary>Adds a part to the parcel. What does not fit goes back to where it came from.</summary>
    /// <returns>Whether all of it fitted.</returns>
    private bool TryAdd(Part part)
    {
        if (part.IsWhole && Parcel.Data + part.Count <= _dataLimit && _writer.TryAdd(part.Sample))
        {
            Parcel.Add(part);
            return true;
        }

        // A sample stays in one piece where it can.
        var fits = part.IsWhole && Parcel.Data > 0 ? 0 : AddOneByOne(part);
        if (fits == part.Count)
        {
            Parcel.Add(part);
            return true;
        }

        if (fits > 0)
        {
            (var first, part) = _pending.Split(part, fits);
            Parcel.Add(first);
        }
        else if (Parcel.Data == 0)
        {
            return DropFirst(part);
        }

        _pending.PutBack(Parcel.Place, part);
        return false;
    }

    private int AddOneByOne(Part part)
    {
        var count = 0;
        while (count < part.Count && Parcel.Data + count < _dataLimit && _writer.TryAdd(part.Sample, part.Start + count))
        {
            count++;
        }

        return count;
    }

    /// <summary>A datum that fits into no request at all must not stop the others.</summary>
    private bool DropFirst(Part part)
    {
        var isAlone = part.Count == 1;
        var (first, rest) = isAlone ? (part, part) : _pending.Split(part, 1);
        _onRefused(PutMetricDataWriter.NameOf(first.Sample, first.Start), "it is larger than a request may be");
        _statistics.Drop(DropReason.Refused, 1);
        _pending.Release(first);
        return isAlone || TryAdd(rest);
    }

    private void Accept()
    {
        _statistics.Accepted(Parcel.Data, Parcel.NewestSecond);
        _retries.Return();
        _forbiddenUntil = TimeSpan.MinValue;
        if (Parcel.Place == PendingPlace.Tried)
        {
            _pause = 1;
        }

        if (!_offenders.IsEmpty)
        {
            foreach (var part in Parcel.Parts)
            {
                for (var i = 0; i < part.Count; i++)
                {
                    _offenders.Forgive(PutMetricDataWriter.NameOf(part.Sample, part.Start + i));
                }
            }
        }

        Release();
        Advance();
    }

    /// <summary>Halves what was refused, until the datum at fault is alone; that one is dropped.</summary>
    private void TakeApart(SendOutcome outcome)
    {
        _areAllAccepted = false;
        if (outcome == SendOutcome.TooLarge)
        {
            _dataLimit = Math.Min(_dataLimit, Math.Max(SmallestLimit, Parcel.Data / 2));
        }

        if (Parcel.Data == 1)
        {
            var name = PutMetricDataWriter.NameOf(Parcel.Parts[0].Sample, Parcel.Parts[0].Start);
            _offenders.Add(name);
            _onRefused(name, null);
            _statistics.Drop(DropReason.Refused, 1);
            Release();
        }
        else
        {
            Halve();
        }

        Advance();
    }

    private void Halve()
    {
        // The parcel has its newest data first, and the group that was begun last is sent next.
        var half = Parcel.Data / 2;
        var data = Parcel.Data;
        _pending.BeginSuspects();
        for (var i = Parcel.Parts.Count - 1; i >= 0; i--)
        {
            var part = Parcel.Parts[i];
            if (data > half && data - part.Count < half)
            {
                var (first, rest) = _pending.Split(part, part.Count - (data - half));
                _pending.PutBack(PendingPlace.Suspect, rest);
                data -= rest.Count;
                part = first;
            }

            if (data == half)
            {
                _pending.BeginSuspects();
            }

            _pending.PutBack(PendingPlace.Suspect, part);
            data -= part.Count;
        }

        Parcel.Clear();
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

    private void Release()
    {
        foreach (var part in Parcel.Parts)
        {
            _pending.Release(part);
        }

        Parcel.Clear();
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
