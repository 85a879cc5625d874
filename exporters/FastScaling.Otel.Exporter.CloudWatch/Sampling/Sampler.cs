using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Turns a reading into the samples of the seconds that it covers. A pure state machine: which signals a second has,
/// how counts are split among seconds, and when zeros are left out.
/// </summary>
/// <remarks>
/// The alarm compares a mean over the tasks that serve. A task that has not seen its first request (for at most
/// <c>WarmUp</c>) sends nothing: it had nothing but zeros. A task that is being stopped sends no zeros either, but all
/// that it still serves.
/// </remarks>
internal sealed class Sampler
{
    private readonly ScalingSignals _wanted;
    private readonly TimeSpan _warmUpEnds;
    private readonly bool _hasTaskSeries;
    private readonly SurgeWatch? _watch;
    private readonly ArrivalCounter _arrivals = new();
    private bool _isServing;

    /// <param name="wanted">The signals that are switched on.</param>
    /// <param name="warmUpEnds">When zeros are sent even though no request has come, on the monotonic clock.</param>
    /// <param name="watch">Looks at every sample, or null.</param>
    /// <param name="hasTaskSeries">Whether each sample is taken a second time, for the series of the task alone.</param>
    public Sampler(ScalingSignals wanted, TimeSpan warmUpEnds, SurgeWatch? watch = null, bool hasTaskSeries = false)
    {
        _hasTaskSeries = hasTaskSeries;
        _wanted = wanted;
        _warmUpEnds = warmUpEnds;
        _watch = watch;
    }

    /// <summary>The process has been asked to stop.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Samples of the seconds in <paramref name="range"/>, oldest first, into <paramref name="pending"/>.</summary>
    /// <returns>How many samples were added, and of how many data they are.</returns>
    public (int Samples, int Data) Take(SignalReading reading, SampleRange range, TimeSpan now, PendingSamples pending)
    {
        var arrived = _arrivals.Next(reading.EndedRequests, reading.ActiveRequests);
        var hasWork = arrived > 0 || reading.EndedRequests > 0 || reading.ActiveRequests > 0 || reading.QueuedRequests > 0;
        Held = range.Held > 0 ? arrived * range.Held / (range.Held + range.Count) : 0;
        _isServing |= hasWork || now >= _warmUpEnds;
        if (!_isServing || (IsDraining && !hasWork))
        {
            return (0, 0);
        }

        var (samples, data) = (0, 0);
        for (var i = 0; i < range.Count; i++)
        {
            var sample = pending.Rent();
            sample.Reset(range.SecondAt(i));

            // Whole numbers that add up to the total, as even as they can be.
            var share = ShareOf(arrived, range.Held + i, range.Held + range.Count);
            sample.RequestsPerSecond = (double)share / range.Step;
            Add(sample, ScalingSignals.RequestsPerSecond, reading);
            var failed = ShareOf(reading.FailedRequests, range.Held + i, range.Held + range.Count);
            sample.FailedRequestsPerSecond = (double)failed / range.Step;
            Add(sample, ScalingSignals.FailedRequestsPerSecond, reading);

            if (i == range.Count - 1)
            {
                AddMeasuredNow(sample, reading);
            }

            if (sample.Signals == ScalingSignals.None)
            {
                pending.Return(sample);
                continue;
            }

            samples++;
            data += sample.DatumCount;
            _watch?.Observe(sample);
            if (_hasTaskSeries)
            {
                var ofTask = pending.Rent();
                ofTask.CopySignals(sample);
                ofTask.IsPerTask = true;
                data += ofTask.DatumCount;
                pending.Add(ofTask);
            }

            pending.Add(sample);
        }

        return (samples, data);
    }

    /// <summary>What arrived in the intervals of the last range that could not be stamped.</summary>
    public long Held { get; private set; }

    private static long ShareOf(long total, long index, long count) => (total * (index + 1) / count) - (total * index / count);

    /// <summary>What is known only of the moment of the collection, which is the last second that it covers.</summary>
    private void AddMeasuredNow(Sample sample, SignalReading reading)
    {
        sample.ActiveRequests = reading.ActiveRequests;
        sample.ActiveConnections = reading.ActiveConnections;
        sample.QueueLength = reading.QueuedRequests + reading.QueuedWorkItems;
        sample.QueueDelay = reading.QueueDelay;
        Add(sample, ScalingSignals.ActiveRequests, reading);
        Add(sample, ScalingSignals.ActiveConnections, reading);
        Add(sample, ScalingSignals.QueueLength, reading);
        Add(sample, ScalingSignals.QueueDelay, reading);

        if ((_wanted & reading.Available & ScalingSignals.ResponseTime) != 0 && !reading.Durations.IsEmpty)
        {
            reading.Durations.CopyTo(sample.ResponseTime);
            sample.Signals |= ScalingSignals.ResponseTime;
        }
    }

    private void Add(Sample sample, ScalingSignals signal, SignalReading reading)
    {
        if ((_wanted & reading.Available & signal) != 0 && !(IsDraining && sample.ValueOf(signal) == 0))
        {
            sample.Signals |= signal;
        }
    }
}
