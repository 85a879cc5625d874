namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Parts by the second of their samples, oldest first. Not thread-safe.</summary>
internal sealed class PartList
{
    private readonly List<Part> _parts = [];

    public int Count => _parts.Count;

    public Part Oldest => _parts[0];

    /// <summary>Adds a part to its place by time, which is the end but for parts that are put back.</summary>
    public void Add(Part part)
    {
        var index = _parts.Count;
        while (index > 0 && IsNewer(_parts[index - 1], part))
        {
            index--;
        }

        _parts.Insert(index, part);
    }

    public bool TryTakeNewest(out Part part)
    {
        if (_parts.Count == 0)
        {
            part = default;
            return false;
        }

        part = _parts[^1];
        _parts.RemoveAt(_parts.Count - 1);
        return true;
    }

    public Part TakeOldest()
    {
        var part = _parts[0];
        _parts.RemoveAt(0);
        return part;
    }

    /// <summary>Takes out every part whose sample was added before a time, and hands it over.</summary>
    public void Expire(TimeSpan addedBefore, Action<Part> onExpired)
    {
        var kept = 0;
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Sample.AddedAt < addedBefore)
            {
                onExpired(_parts[i]);
            }
            else
            {
                _parts[kept++] = _parts[i];
            }
        }

        _parts.RemoveRange(kept, _parts.Count - kept);
    }

    // Of one second the data with the lower index come out first, as they would if they were still together.
    private static bool IsNewer(Part part, Part than) =>
        part.Sample.Second > than.Sample.Second
        || (ReferenceEquals(part.Sample, than.Sample) && part.Start < than.Start);
}
