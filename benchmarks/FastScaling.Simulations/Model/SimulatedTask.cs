using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Simulations.Model;

/// <summary>
/// One task of a service, with the product's own sampling, surge decision and schedule, in simulated time. It checks as it goes
/// that there is one sample a second and that no request is lost.
/// </summary>
internal sealed class SimulatedTask
{
    private const long Epoch = 1_795_000_000;
    private const ScalingSignals Signals = ScalingSignals.RequestsPerSecond | ScalingSignals.ActiveRequests;

    private readonly SampleSchedule _samples;
    private readonly SurgeWatch _watch;
    private readonly Sampler _sampler;
    private readonly CallSchedule _calls;
    private readonly PendingSamples _incoming = new(long.MaxValue / 4, TimeSpan.FromDays(100), static (_, _) => { }, TimeProvider.System);
    private readonly List<(long Second, double Value)> _pending = [];
    private readonly SignalReading _reading = new() { Available = Signals };
    private readonly long _capacity;
    private long _queue;
    private long _lastSecond = long.MinValue;
    private long _arrived;
    private double _sampled;

    /// <param name="options">How it publishes.</param>
    /// <param name="seed">Its phase and jitter.</param>
    /// <param name="start">When it starts, in seconds from the start of the run.</param>
    public SimulatedTask(TaskOptions options, int seed, double start = 0)
    {
        Start = start;
        _capacity = options.Capacity;
        _samples = new SampleSchedule(TimeSpan.FromSeconds(1), Clock(start));
        _watch = new SurgeWatch(options.Thresholds, Signals, new Otel.Exporter.CloudWatch.FastScalingCloudWatchExporterOptions().QuietBelow);
        _sampler = new Sampler(Signals, TimeSpan.FromSeconds(start) + options.WarmUp, _watch);
        var times = new CallTimes
        {
            ExportInterval = options.ExportInterval,
            QuietExportInterval = options.QuietExportInterval,
            MaxExtraCallsPerHour = options.MaxExtraCallsPerHour,
        };
        _calls = new CallSchedule(times, new Random(seed));
    }

    public double Start { get; }

    /// <summary>When the samples first showed a rise; NaN before.</summary>
    public double RiseSeen { get; private set; } = double.NaN;

    public long Calls { get; private set; }

    public long ExtraCalls => _calls.ExtraCalls;

    /// <summary>Seconds whose samples wait.</summary>
    public int Pending => _pending.Count;

    /// <summary>Start of the newest second that was accepted.</summary>
    public long NewestAccepted { get; private set; } = -1;

    /// <summary>When the next call is due, from the start of the run.</summary>
    public double NextCall(double now) => now + Math.Max(0, _calls.UntilDue(Elapsed(now)).TotalSeconds);

    /// <summary>A whole second has ended.</summary>
    /// <param name="now">The end of the second.</param>
    /// <param name="arrived">Requests that arrived in it.</param>
    public void Tick(long now, long arrived)
    {
        _queue += arrived;
        _arrived += arrived;
        var served = Math.Min(_queue, _capacity);
        _queue -= served;
        _reading.EndedRequests = served;
        _reading.ActiveRequests = _queue;
        var range = _samples.Take(Clock(now));
        _sampler.Take(_reading, range, TimeSpan.FromSeconds(now), _incoming);
        var any = false;
        while (_incoming.TryTakeNewest(PendingPlace.Fresh, out var part))
        {
            var sample = part.Sample;
            Check(sample.Second - Epoch == now - 1 && sample.Second > _lastSecond, "one sample a second");
            _lastSecond = sample.Second;
            _sampled += sample.RequestsPerSecond;
            _pending.Add((sample.Second - Epoch, sample.RequestsPerSecond));
            _incoming.Release(part);
            any = true;
        }

        Check(!any || _sampled == _arrived, "every request is in a sample");
        if (any)
        {
            var verdict = _watch.TakeVerdict();
            RiseSeen = double.IsNaN(RiseSeen) && verdict.IsRising ? now : RiseSeen;
            _calls.OnSamples(Elapsed(now), verdict);
        }
    }

    /// <summary>The samples of a call that is due, or null. They are gone from here until <see cref="OnResult"/>.</summary>
    public List<(long Second, double Value)>? TakeCall(double now)
    {
        if (!_calls.TakeIfDue(Elapsed(now)) || _pending.Count == 0)
        {
            return null;
        }

        Calls++;
        return _pending;
    }

    /// <summary>What became of the call.</summary>
    public void OnResult(double now, bool isAccepted)
    {
        if (isAccepted)
        {
            NewestAccepted = _pending[^1].Second;
            _pending.Clear();
        }

        _calls.OnResult(Elapsed(now), isAccepted, isNewestAccepted: isAccepted, isThrottled: !isAccepted);
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Does not hold: {what}.");
        }
    }

    private TimeSpan Elapsed(double now) => TimeSpan.FromSeconds(now - Start);

    private static ClockReading Clock(double now) => new(TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(Epoch + now));
}
