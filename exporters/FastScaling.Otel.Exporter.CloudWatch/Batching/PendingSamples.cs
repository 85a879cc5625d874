using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>
/// Every sample that has been taken and whose end is not known yet, and the pool that samples come from. Bounded in
/// bytes, with what is in flight and in the pool, and in age: what has no room or is too old is dropped, the oldest
/// first, and counted. Used by the sampling and the sending thread.
/// </summary>
internal sealed class PendingSamples
{
    private readonly Lock _lock = new();
    private readonly PlacedParts _parts = new();
    private readonly SamplePool _pool = new();
    private readonly long _maxBytes;
    private readonly TimeSpan _maxAge;
    private readonly Action<DropReason, int> _onDropped;
    private readonly Action<Part> _onExpired;
    private readonly TimeProvider _time;
    private long _bytes;
    private int _samples;
    private int _data;

    /// <param name="maxBytes">The most memory that samples may occupy, by their own estimate.</param>
    /// <param name="maxAge">How long a sample may wait.</param>
    /// <param name="onDropped">Called with the number of data that were dropped, and why. Must be quick.</param>
    /// <param name="time">The monotonic clock.</param>
    public PendingSamples(long maxBytes, TimeSpan maxAge, Action<DropReason, int> onDropped, TimeProvider time)
    {
        _maxBytes = maxBytes;
        _maxAge = maxAge;
        _onDropped = onDropped;
        _onExpired = part => Drop(part, DropReason.Expired);
        _time = time;
    }

    /// <summary>Samples that wait or are in flight, in full or in part.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _samples;
            }
        }
    }

    /// <summary>Data that wait or are in flight.</summary>
    public int Data
    {
        get
        {
            lock (_lock)
            {
                return _data;
            }
        }
    }

    /// <summary>The memory that samples occupy which wait or are in flight, at most.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Whether something waits that was in a request before.</summary>
    public bool HasBacklog
    {
        get
        {
            lock (_lock)
            {
                return _parts.HasTried || _parts.HasSuspects;
            }
        }
    }

    /// <summary>Whether there is something in <see cref="PendingPlace.Tried"/>.</summary>
    public bool HasTried
    {
        get
        {
            lock (_lock)
            {
                return _parts.HasTried;
            }
        }
    }

    /// <summary>A sample to fill; give it to <see cref="Add"/> or <see cref="Return"/>.</summary>
    public Sample Rent()
    {
        lock (_lock)
        {
            return _pool.Take();
        }
    }

    /// <summary>Takes back a sample that was not added.</summary>
    public void Return(Sample sample)
    {
        lock (_lock)
        {
            // Memory that is kept for later must not add to what waits now.
            _pool.Add(sample, _maxBytes - _bytes);
        }
    }

    /// <summary>Adds a sample, of at least one datum. Its data must not change any more.</summary>
    public void Add(Sample sample)
    {
        lock (_lock)
        {
            ExpireOld();
            sample.AddedAt = Now;
            sample.Parts = 1;
            sample.HeldBytes = sample.Bytes;
            _bytes += sample.HeldBytes;
            _samples++;
            _data += sample.DatumCount;
            _parts.Add(PendingPlace.Fresh, Part.Whole(sample));
            while (_bytes > _maxBytes && _parts.TryTakeOldest(out var oldest))
            {
                Drop(oldest, DropReason.BacklogFull);
            }

            _pool.ShrinkTo(_maxBytes - _bytes);
        }
    }

    /// <summary>Drops what has waited for too long.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            ExpireOld();
        }
    }

    /// <summary>Takes the newest data from a place; they are in flight then, and still count.</summary>
    public bool TryTakeNewest(PendingPlace place, out Part part)
    {
        lock (_lock)
        {
            return _parts.TryTakeNewest(place, out part);
        }
    }

    /// <summary>Puts data in flight back to a place.</summary>
    public void PutBack(PendingPlace place, Part part)
    {
        lock (_lock)
        {
            _parts.Add(place, part);
        }
    }

    /// <summary>Makes <see cref="PendingPlace.Suspect"/> mean the newest group that has data.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFindSuspects()
    {
        lock (_lock)
        {
            return _parts.TryFindSuspects();
        }
    }

    /// <summary>Makes <see cref="PendingPlace.Suspect"/> mean a new group, still without data.</summary>
    public void BeginSuspects()
    {
        lock (_lock)
        {
            _parts.BeginSuspects();
        }
    }

    /// <summary>Takes a part in flight apart.</summary>
    /// <param name="part">The part, with more data than <paramref name="count"/>.</param>
    /// <param name="count">How many data the first of the two gets.</param>
    public (Part First, Part Second) Split(Part part, int count)
    {
        lock (_lock)
        {
            part.Sample.Parts++;
            return (part with { Count = count }, new Part(part.Sample, part.Start + count, part.Count - count));
        }
    }

    /// <summary>Data in flight have come to an end, whatever it is; whoever calls has counted them.</summary>
    public void Release(Part part)
    {
        lock (_lock)
        {
            Remove(part);
        }
    }

    /// <summary>Drops all that waits, at the end of the process.</summary>
    /// <returns>How many data.</returns>
    public int Abandon()
    {
        lock (_lock)
        {
            var data = 0;
            while (_parts.TryTakeOldest(out var part))
            {
                data += part.Count;
                Drop(part, DropReason.Shutdown);
            }

            return data;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private void ExpireOld() => _parts.Expire(Now - _maxAge, _onExpired);

    private void Drop(Part part, DropReason reason)
    {
        _onDropped(reason, part.Count);
        Remove(part);
    }

    private void Remove(Part part)
    {
        _data -= part.Count;
        if (--part.Sample.Parts == 0)
        {
            _samples--;
            _bytes -= part.Sample.HeldBytes;
            Return(part.Sample);
        }
    }
}
