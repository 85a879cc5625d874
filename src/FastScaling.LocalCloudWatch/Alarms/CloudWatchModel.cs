using System.Diagnostics.CodeAnalysis;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>
/// A CloudWatch without a network: data become visible after the ingestion delay, alarms are evaluated when they are due, both in the order of time.
/// The same inputs give the same events, in simulated time, where the caller says what time it is, and in real time alike.
/// </summary>
internal sealed class CloudWatchModel
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<IReadOnlyList<Sample>, (DateTimeOffset Visible, long Sequence)> _pending = new();
    private readonly CloudWatchSettings _settings;
    private readonly ModelClock? _simulated;
    private readonly Random _random;
    private readonly bool _hasDelay;
    private long _sequence;

    /// <param name="settings">Delays and assumptions.</param>
    /// <param name="clock">The clock of retention; null in simulated time, where it follows the calls.</param>
    /// <param name="store">Where the data are kept; null for a store with the bounds of the server.</param>
    public CloudWatchModel(CloudWatchSettings? settings = null, TimeProvider? clock = null, MetricStore? store = null)
    {
        _settings = settings ?? new CloudWatchSettings();
        _simulated = clock is null ? new ModelClock() : null;
        _random = new Random(_settings.Seed);
        _hasDelay = _settings.IngestionDelayMaximum > TimeSpan.Zero;
        Store = store ?? new MetricStore(clock ?? _simulated!);
        Alarms = new AlarmBook(_settings, new StorePeriodReader(Store));
    }

    public MetricStore Store { get; }

    public AlarmBook Alarms { get; }

    /// <summary>One call of PutMetricData: its data become visible together.</summary>
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A delay is no secret, and must repeat with its seed.")]
    public void Put(DateTimeOffset now, IReadOnlyList<Sample> samples)
    {
        _simulated?.AdvanceTo(now);
        if (!_hasDelay)
        {
            Store.Add(samples);
            return;
        }

        Store.EnsureRoom(samples);
        lock (_lock)
        {
            var range = _settings.IngestionDelayMaximum - _settings.IngestionDelayMinimum;
            var delay = _settings.IngestionDelayMinimum + (range * _random.NextDouble());
            _pending.Enqueue(samples, (now + delay, _sequence++));
        }
    }

    /// <summary>One datum. A simulation puts what a whole fleet publishes for a second as one set or one list of values with counts.</summary>
    public void Put(DateTimeOffset now, MetricIdentity metric, string unit, int storageResolution, DateTimeOffset timestamp, Aggregate aggregate) =>
        Put(now, [new Sample(metric, unit, storageResolution, timestamp.ToUnixTimeSeconds(), aggregate)]);

    /// <summary>Makes visible what has been under way long enough. No alarm is evaluated.</summary>
    public void Ingest(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_pending.TryPeek(out var samples, out var first) && first.Visible <= now)
            {
                _pending.Dequeue();
                _simulated?.AdvanceTo(first.Visible);
                Store.AddAccepted(samples);
            }
        }

        _simulated?.AdvanceTo(now);
    }

    /// <summary>Lets the time pass until now, and tells what the alarms did on the way, in its order.</summary>
    public IReadOnlyList<AlarmEvent> AdvanceTo(DateTimeOffset now)
    {
        List<AlarmEvent>? events = null;
        while (Alarms.NextEvaluation is { } next && next <= now)
        {
            Ingest(next);
            Alarms.EvaluateNext(next, events ??= []);
        }

        Ingest(now);
        return events is null ? [] : events;
    }
}
