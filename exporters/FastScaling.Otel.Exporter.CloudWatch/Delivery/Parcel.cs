namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>What is in one request. Used again for the next.</summary>
internal sealed class Parcel
{
    private readonly List<Part> _parts = [];

    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>Where the data came from, and go back to when they were not taken.</summary>
    public PendingPlace Place { get; private set; }

    /// <summary>How many data.</summary>
    public int Data { get; private set; }

    /// <summary>The newest second in it, since the Unix epoch.</summary>
    public long NewestSecond { get; private set; }

    public void Begin(PendingPlace place)
    {
        Clear();
        Place = place;
    }

    public void Add(Part part)
    {
        _parts.Add(part);
        Data += part.Count;
        NewestSecond = Math.Max(NewestSecond, part.Sample.Second);
    }

    public void Clear()
    {
        _parts.Clear();
        Data = 0;
        NewestSecond = 0;
    }
}
