using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Asks for one custom signal whenever it is told to, on a thread of its own: a callback that hangs or throws holds up neither the built-in
/// signals nor other custom ones.
/// </summary>
internal sealed class CustomSignalThread
{
    private readonly Lock _lock = new();
    private readonly WakeSignal _wake = new();
    private readonly Thread _thread;
    private readonly double _factor;
    private double? _value;
    private bool _isBusy;
    private long _missed;
    private string? _failure;
    private volatile bool _isStopping;

    public CustomSignalThread(CustomSignal signal)
    {
        Signal = signal;
        var unit = CustomSignal.UnitOf(signal.Unit) ?? new CloudWatchUnit(CloudWatchUnit.None, 1);
        _factor = unit.Factor;
        Series = new Series(signal.Name, unit.Name, []);
        _thread = new Thread(Run) { IsBackground = true, Name = $"FastScaling {signal.Name}" };
    }

    public CustomSignal Signal { get; }

    public Series Series { get; }

    /// <summary>Intervals without a value, because the callback threw, hung, or gave a value that CloudWatch does not take.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Whether an answer has come that has not been taken. For tests, which have to wait for it.</summary>
    public bool HasValue
    {
        get
        {
            lock (_lock)
            {
                return _value is not null;
            }
        }
    }

    public void Start() => _thread.UnsafeStart();

    /// <summary>Does not wait: the callback may hang for ever.</summary>
    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
    }

    /// <summary>Asks for the value of now, unless the last question has no answer yet.</summary>
    public void Ask()
    {
        lock (_lock)
        {
            if (_isBusy)
            {
                _failure ??= "the callback has not returned for a whole interval.";
                return;
            }

            _isBusy = true;
        }

        _wake.Set();
    }

    /// <summary>The value that has come since the last call; counted as missed when there is none.</summary>
    /// <param name="value">In the unit of the signal.</param>
    /// <param name="published">In the unit of CloudWatch.</param>
    public bool TryTake(out double value, out double published)
    {
        lock (_lock)
        {
            (value, published) = (_value ?? 0, (_value ?? 0) * _factor);
            var hasValue = _value is not null;
            _value = null;
            if (!hasValue)
            {
                Interlocked.Increment(ref _missed);
            }

            return hasValue;
        }
    }

    /// <summary>Why the signal has had no value, for the log; null when it is well or that has been told.</summary>
    public string? TakeFailure()
    {
        lock (_lock)
        {
            // Told once: an empty text says that it has been.
            var failure = string.IsNullOrEmpty(_failure) ? null : _failure;
            _failure = failure is null ? _failure : string.Empty;
            return failure;
        }
    }

    private void Run()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        while (!_isStopping)
        {
            _wake.Wait(Timeout.InfiniteTimeSpan);
            if (_isStopping)
            {
                return;
            }

            double? value = null;
            string? failure = null;
            try
            {
                var observed = Signal.Observe();
                value = CloudWatchValue.IsAcceptable(observed * _factor) ? observed : null;
                failure = value is null ? $"CloudWatch does not take the value {observed}." : null;
            }
            catch (Exception exception)
            {
                // The application's callback may throw anything; the signal then has no value.
                failure = $"{exception.GetType().Name}: {exception.Message}";
            }

            lock (_lock)
            {
                (_value, _isBusy) = (value, false);
                _failure ??= failure;
            }
        }
    }
}
