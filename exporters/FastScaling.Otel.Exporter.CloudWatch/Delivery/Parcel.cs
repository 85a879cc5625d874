using FastScaling.Otel.Exporter.CloudWatch.Batching;

namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>What is in one request. Used again for the next.</summary>
internal sealed class Parcel
{
    private readonly List<Part> _parts = [];

    public int PartCount => _parts.Count;

    /// <summary>Where the data came from, and go back to when they were not taken.</summary>
    public PendingPlace Place { get; private set; }

    public Part this[int index] => _parts[index];

    /// <summary>How many data.</summary>
    public int Data { get; private set; }

    /// <summary>The newest second in it, since the Unix epoch.</summary>
    public long NewestSecond { get; private set; }

    /// <summary>Begins the next request. The last one must have been cleared.</summary>
    public void Begin(PendingPlace place) => Place = place;

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
