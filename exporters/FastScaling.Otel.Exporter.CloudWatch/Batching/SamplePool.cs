using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Samples whose data have come to an end, to be filled again, and the memory that they occupy. Not thread-safe.</summary>
internal sealed class SamplePool
{
    private readonly Stack<Sample> _samples = new();

    public long Bytes { get; private set; }

    /// <summary>A sample of the pool, or a new one.</summary>
    public Sample Take()
    {
        if (!_samples.TryPop(out var sample))
        {
            return new Sample();
        }

        Bytes -= sample.PooledBytes;
        return sample;
    }

    /// <summary>Keeps a sample, unless the pool would then occupy more than the limit.</summary>
    public void Add(Sample sample, long maxBytes)
    {
        sample.PooledBytes = sample.Bytes;
        if (Bytes + sample.PooledBytes <= maxBytes)
        {
            Bytes += sample.PooledBytes;
            _samples.Push(sample);
        }
    }

    /// <summary>Gives up samples until the pool occupies no more than the limit.</summary>
    public void ShrinkTo(long maxBytes)
    {
        while (Bytes > maxBytes && _samples.TryPop(out var sample))
        {
            Bytes -= sample.PooledBytes;
        }
    }
}
