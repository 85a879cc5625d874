using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>
/// Samples that wait to be sent, oldest first, and the pool that samples come from. Bounded: when it is full the
/// oldest sample makes room and is counted. Used by the sampling and the sending thread.
/// </summary>
internal sealed class PendingSamples
{
    private readonly Lock _lock = new();
    private readonly List<Sample> _samples = [];
    private readonly Stack<Sample> _pool = new();
    private readonly int _capacity;
    private readonly Action<int> _onDropped;

    /// <param name="capacity">The most samples that are kept.</param>
    /// <param name="onDropped">Called with the number of data that had to make room for newer ones.</param>
    public PendingSamples(int capacity, Action<int> onDropped)
    {
        _capacity = capacity;
        _onDropped = onDropped;
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _samples.Count;
            }
        }
    }

    /// <summary>A sample to fill; give it to <see cref="Add"/> or <see cref="Return"/>.</summary>
    public Sample Rent()
    {
        lock (_lock)
        {
            return _pool.TryPop(out var sample) ? sample : new Sample();
        }
    }

    public void Return(Sample sample)
    {
        lock (_lock)
        {
            _pool.Push(sample);
        }
    }

    /// <summary>Adds a sample to its place by time, which is the end but for samples that are put back.</summary>
    public void Add(Sample sample)
    {
        lock (_lock)
        {
            var index = _samples.Count;
            while (index > 0 && _samples[index - 1].Second > sample.Second)
            {
                index--;
            }

            _samples.Insert(index, sample);
            if (_samples.Count > _capacity)
            {
                var oldest = _samples[0];
                _samples.RemoveAt(0);
                _onDropped(oldest.DatumCount);
                _pool.Push(oldest);
            }
        }
    }

    /// <summary>Takes the newest sample, or null.</summary>
    public Sample? TakeNewest()
    {
        lock (_lock)
        {
            if (_samples.Count == 0)
            {
                return null;
            }

            var newest = _samples[^1];
            _samples.RemoveAt(_samples.Count - 1);
            return newest;
        }
    }
}
