using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>The points of a series at one resolution, oldest first, for as long as CloudWatch retains them.</summary>
internal sealed class PointList
{
    // Points leave in groups: moving the whole list for every second would cost more than it frees.
    private const int PruneAtOnce = 60;

    private readonly List<StoredPoint> _points = [];
    private readonly int _resolution;
    private readonly long _retention;

    public PointList(int resolution, TimeSpan retention)
    {
        _resolution = resolution;
        _retention = (long)retention.TotalSeconds;
    }

    /// <summary>What the points weigh: one for each, and one for each distinct value in it.</summary>
    public long Weight { get; private set; }

    public int Count => _points.Count;

    public void Add(long second, Aggregate aggregate, long now)
    {
        second -= second % _resolution;
        if (second <= now - _retention)
        {
            return;
        }

        var index = IndexOf(second);
        if (index < _points.Count && _points[index].Second == second)
        {
            var before = _points[index].Aggregate;
            var merged = before.Merge(aggregate);
            _points[index] = new StoredPoint(second, merged);
            Weight += merged.Weight - before.Weight;
        }
        else
        {
            _points.Insert(index, new StoredPoint(second, aggregate));
            Weight += aggregate.Weight;
        }
    }

    /// <summary>Drops what is past its retention: all of it, or only once it is worth the effort.</summary>
    public void Prune(long now, bool all)
    {
        var expired = IndexOf(now - _retention + 1);
        if (expired == 0 || (!all && expired < PruneAtOnce))
        {
            return;
        }

        for (var i = 0; i < expired; i++)
        {
            Weight -= _points[i].Aggregate.Weight;
        }

        _points.RemoveRange(0, expired);
    }

    /// <summary>The retained points from <paramref name="start"/> on, before <paramref name="end"/>.</summary>
    public ReadOnlySpan<StoredPoint> Between(long start, long end, long now)
    {
        var first = IndexOf(Math.Max(start, now - _retention + 1));
        var last = IndexOf(end);
        return last <= first ? [] : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_points)[first..last];
    }

    /// <summary>The index of the first point at or after a second.</summary>
    private int IndexOf(long second)
    {
        // Data mostly arrive in the order of time.
        if (_points.Count == 0 || _points[^1].Second < second)
        {
            return _points.Count;
        }

        var low = 0;
        var high = _points.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Second < second)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
