using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>The points of a series at one resolution, oldest first, for as long as CloudWatch retains them.</summary>
internal sealed class PointList
{
    // Points leave in groups: moving the whole list for every second would cost more than it frees.
    private const int PruneAtOnce = 60;

    private readonly List<PointTotal> _points = [];
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

    public bool Holds(long second, long now) => second - (second % _resolution) > now - _retention;

    public void Add(long second, Aggregate aggregate, long now)
    {
        if (Holds(second, now))
        {
            var point = At(second);
            Weight -= point.Weight;
            point.Add(aggregate);
            Weight += point.Weight;
        }
    }

    /// <summary>Drops what is past its retention, all of it or only once it is worth the effort, after adding it to a list that keeps it longer.</summary>
    public void Prune(long now, bool all, PointList? keeper)
    {
        var oldest = now - _retention + 1;
        var least = all ? 1 : PruneAtOnce;
        if (_points.Count < least || _points[least - 1].Second >= oldest)
        {
            return;
        }

        var expired = IndexOf(oldest);

        for (var i = 0; i < expired; i++)
        {
            Weight -= _points[i].Weight;
            keeper?.Add(_points[i]);
        }

        _points.RemoveRange(0, expired);
    }

    /// <summary>The points from <paramref name="start"/> on, before <paramref name="end"/>, also those that are only waiting to be dropped.</summary>
    public ReadOnlySpan<PointTotal> Between(long start, long end)
    {
        var first = IndexOf(start);
        var last = IndexOf(end);
        return last <= first ? [] : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_points)[first..last];
    }

    /// <summary>The retained points from <paramref name="start"/> on, before <paramref name="end"/>.</summary>
    public ReadOnlySpan<PointTotal> Between(long start, long end, long now) => Between(Math.Max(start, now - _retention + 1), end);

    private void Add(PointTotal other)
    {
        var point = At(other.Second);
        Weight -= point.Weight;
        point.Add(other);
        Weight += point.Weight;
    }

    // A new point weighs nothing yet; who adds to it takes its weight off before and puts it on after.
    private PointTotal At(long second)
    {
        second -= second % _resolution;
        var index = IndexOf(second);
        if (index == _points.Count || _points[index].Second != second)
        {
            var point = new PointTotal(second);
            _points.Insert(index, point);
            Weight += point.Weight;
        }

        return _points[index];
    }

    /// <summary>The index of the first point at or after a second.</summary>
    private int IndexOf(long second)
    {
        // Data mostly arrive in the order of time, and mostly without gaps.
        if (_points.Count == 0 || _points[^1].Second < second)
        {
            return _points.Count;
        }

        if (_points[0].Second >= second)
        {
            return 0;
        }

        var likely = _points.Count - 1 - ((_points[^1].Second - second) / _resolution);
        if (likely >= 0 && _points[(int)likely].Second == second)
        {
            return (int)likely;
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
