namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Parts that wait, by the place where they do (see <see cref="PendingPlace"/>). Not thread-safe.</summary>
internal sealed class PlacedParts
{
    private readonly PartList _fresh = new();
    private readonly PartList _tried = new();
    private readonly List<PartList> _suspects = [];

    public bool HasTried => _tried.Count > 0;

    public bool HasSuspects => _suspects.Exists(static group => group.Count > 0);

    public void Add(PendingPlace place, Part part) => ListOf(place).Add(part);

    public bool TryTakeNewest(PendingPlace place, out Part part) => ListOf(place).TryTakeNewest(out part);

    /// <summary>Takes the oldest part of all places.</summary>
    public bool TryTakeOldest(out Part part)
    {
        PartList? oldest = null;
        Consider(_fresh);
        Consider(_tried);
        foreach (var group in _suspects)
        {
            Consider(group);
        }

        part = oldest?.TakeOldest() ?? default;
        return oldest is not null;

        void Consider(PartList list)
        {
            if (list.Count > 0 && (oldest is null || list.Oldest.Sample.Second < oldest.Oldest.Sample.Second))
            {
                oldest = list;
            }
        }
    }

    /// <summary>Takes out every part whose sample was added before a time, and hands it over.</summary>
    public void Expire(TimeSpan addedBefore, Action<Part> onExpired)
    {
        _fresh.Expire(addedBefore, onExpired);
        _tried.Expire(addedBefore, onExpired);
        foreach (var group in _suspects)
        {
            group.Expire(addedBefore, onExpired);
        }
    }

    /// <summary>Makes <see cref="PendingPlace.Suspect"/> mean the newest group that has data.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFindSuspects()
    {
        while (_suspects.Count > 0 && _suspects[^1].Count == 0)
        {
            _suspects.RemoveAt(_suspects.Count - 1);
        }

        return _suspects.Count > 0;
    }

    /// <summary>Makes <see cref="PendingPlace.Suspect"/> mean a new group, still without data.</summary>
    public void BeginSuspects() => _suspects.Add(new PartList());

    private PartList ListOf(PendingPlace place)
    {
        if (place != PendingPlace.Suspect)
        {
            return place == PendingPlace.Fresh ? _fresh : _tried;
        }

        if (_suspects.Count == 0)
        {
            BeginSuspects();
        }

        return _suspects[^1];
    }
}
