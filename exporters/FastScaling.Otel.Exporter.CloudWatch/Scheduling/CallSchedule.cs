namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// When the calls with the scaling signals are due: at regular times, at once in a surge, more rarely while all is
/// quiet, and slower while CloudWatch throttles. A state machine over (monotonic time, what the samples say, results); the chance
/// in it is injected. Used by the sampling and the sending thread.
/// </summary>
/// <remarks>
/// Regular calls keep to a grid with a phase of the process's own, whatever comes between, so that the processes of a
/// fleet stay spread over the interval. In quiet mode most slots of the grid are left out, at the first
/// signal that is not quiet no longer. A surge's calls come after each of its samples, later by a jitter that the
/// process draws once a surge. While calls are throttled, the interval is stretched, a call that was
/// throttled is repeated soon, and only a part of the processes makes a surge's calls.
/// </remarks>
internal sealed class CallSchedule : ICallSchedule
{
    /// <summary>
    /// All signals must have been quiet for so long before calls become rarer. Short, because a single loud second of a busy
    /// hour would otherwise cost many calls.
    /// </summary>
    internal static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(10);

    /// <summary>Calls that are throttled so soon after a rise are too many because of the surge, not because the fleet has grown.</summary>
    private static readonly TimeSpan SurgeAftermath = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a surge's call waits, so that a fleet does not call all at once.</summary>
    internal static readonly TimeSpan LongestJitter = TimeSpan.FromSeconds(0.9);

    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly TimeSpan _phase;
    private readonly long _quietSlots;
    private readonly long _quietOffset;
    private readonly Random _random;
    private readonly ExtraCallBudget _budget;
    private readonly CallPace _pace = new();
    private readonly FlushShare _flushes = new();
    private readonly VerdictBoard _verdicts = new();
    private readonly Action<TimeSpan>? _onSurgeAccepted;
    private TimeSpan _nextRegular;
    private TimeSpan? _nextExtra;
    private TimeSpan? _quietSince;
    private TimeSpan? _lastRising;
    private TimeSpan? _surgeSince;
    private TimeSpan? _surgeInCall;
    private TimeSpan _jitter;
    private bool _isRising;
    private bool _mayFlush;
    private bool _isExtra;
    private bool _leavesSlotsOut;
    private long _extraCalls;

    /// <param name="times">The options.</param>
    /// <param name="random">Phase, jitter and who calls while CloudWatch throttles.</param>
    /// <param name="onSurgeAccepted">Called with the time from a surge's detection to the acceptance of a sample that shows it.</param>
    public CallSchedule(CallTimes times, Random random, Action<TimeSpan>? onSurgeAccepted = null)
    {
        // Chance is only there to spread processes; it protects nothing.
#pragma warning disable CA5394
        _interval = times.ExportInterval;
        _phase = _interval * random.NextDouble();
        _quietSlots = Math.Max(1, times.QuietExportInterval.Ticks / _interval.Ticks);
        _quietOffset = random.NextInt64(_quietSlots);
#pragma warning restore CA5394
        _random = random;
        _budget = new ExtraCallBudget(times.MaxExtraCallsPerHour);
        _onSurgeAccepted = onSurgeAccepted;
        _nextRegular = _phase;
    }

    /// <summary>Calls that were made beside the regular ones.</summary>
    public long ExtraCalls => Interlocked.Read(ref _extraCalls);

    /// <inheritdoc/>
    public TimeSpan UntilDue(TimeSpan elapsed)
    {
        lock (_lock)
        {
            return Due - elapsed;
        }
    }

    /// <inheritdoc/>
    public bool TakeIfDue(TimeSpan elapsed)
    {
        lock (_lock)
        {
            var isRegular = elapsed >= _nextRegular;
            if (!isRegular && !TryTakeExtra(elapsed))
            {
                return false;
            }

            if (isRegular)
            {
                _nextRegular = NextRegular(elapsed);
            }

            _nextExtra = null;
            _surgeInCall = _surgeSince;
            _isExtra = !isRegular;
            return true;
        }
    }

    /// <summary>Samples have been taken and wait to be sent.</summary>
    /// <param name="elapsed">Now.</param>
    /// <param name="news">What they say.</param>
    /// <param name="source">Who took them.</param>
    /// <returns>Whether a call has become due earlier than it was.</returns>
    public bool OnSamples(TimeSpan elapsed, SurgeVerdict news, SampleSource source = SampleSource.Signals)
    {
        lock (_lock)
        {
            var due = Due;
            var verdict = _verdicts.Add(elapsed, source, news);
            _quietSince = verdict.IsQuiet ? _quietSince ?? elapsed : null;
            if (_leavesSlotsOut && !verdict.IsQuiet)
            {
                // Never later: the call may be due already, or the repetition of a throttled one.
                _nextRegular = Earlier(_nextRegular, SlotAfter(elapsed, everySlots: 1));
            }

            FlushIfRising(elapsed, verdict.IsRising);
            return Due < due;
        }
    }

    /// <inheritdoc/>
    public void OnResult(TimeSpan elapsed, bool isAccepted, bool isNewestAccepted, bool isThrottled)
    {
        TimeSpan? surge = null;
        lock (_lock)
        {
            if (isNewestAccepted && _surgeInCall is { } since)
            {
                surge = elapsed - since;
                _surgeSince = null;
            }

            _surgeInCall = null;
            if (isThrottled)
            {
                SlowDown(elapsed, isAccepted);
            }

            if (isAccepted)
            {
                _pace.Accepted();
            }
        }

        if (surge is { } delay)
        {
            _onSurgeAccepted?.Invoke(delay);
        }
    }

    private TimeSpan Due => Earlier(_nextExtra ?? _nextRegular, _nextRegular);

    private void SlowDown(TimeSpan elapsed, bool isAccepted)
    {
        _mayFlush = false;
        _nextExtra = null;
        _flushes.Throttled(elapsed);

        // A surge's call that was throttled is not repeated: its samples go with the next regular one.
        if (!_isExtra)
        {
            _pace.Throttled(elapsed, elapsed - _lastRising < SurgeAftermath);
            if (isAccepted)
            {
                return; // At a second attempt.
            }

            // Not later the more often it was throttled: that would make the oldest data wait longest.
            _nextRegular = Earlier(_nextRegular, elapsed + (_interval * Between(0.05, 0.3)));
        }
    }

    private void FlushIfRising(TimeSpan elapsed, bool isRising)
    {
        if (isRising && !_isRising)
        {
            var share = _flushes.ShareAt(elapsed);
            _jitter = LongestJitter * Between(0, 1);
            _mayFlush = share >= 1 || Between(0, 1) < share;
            _surgeSince = elapsed;
        }

        _isRising = isRising;
        _lastRising = isRising ? elapsed : _lastRising;
        if (isRising && _mayFlush)
        {
            _nextExtra ??= elapsed + _jitter;
        }
    }

    private bool TryTakeExtra(TimeSpan elapsed)
    {
        if (elapsed < _nextExtra || _nextExtra is null)
        {
            return false;
        }

        _nextExtra = null;
        if (!_budget.TryTake(elapsed))
        {
            return false;
        }

        Interlocked.Increment(ref _extraCalls);
        return true;
    }

    private TimeSpan NextRegular(TimeSpan elapsed)
    {
        _leavesSlotsOut = _quietSlots > 1 && elapsed - _quietSince >= QuietAfter;
        var next = SlotAfter(elapsed, _leavesSlotsOut ? _quietSlots : 1);
        if (_pace.ShareAt(elapsed) >= 1)
        {
            return next;
        }

        var stretched = elapsed + (Stretched(elapsed) * Between(0.9, 1.1));
        return _leavesSlotsOut && next > stretched ? next : stretched;
    }

    /// <summary>The next slot of the grid after this time, of those that are used.</summary>
    private TimeSpan SlotAfter(TimeSpan elapsed, long everySlots)
    {
        var slot = (long)Math.Floor((elapsed - _phase) / _interval) + 1;
        slot += (everySlots - ((slot + _quietOffset) % everySlots)) % everySlots;
        return _phase + (_interval * slot);
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private TimeSpan Stretched(TimeSpan elapsed) => _interval / _pace.ShareAt(elapsed);

    // Chance is only there to spread processes; it protects nothing.
#pragma warning disable CA5394
    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());
#pragma warning restore CA5394
}
