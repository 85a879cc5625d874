namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>The intervals that samples have been given out for, as few stretches: one for each jump of the clock.</summary>
internal sealed class IssuedIntervals
{
    /// <summary>
    /// With more jumps than this, what lies between the two oldest stretches counts as given out too: rather a second
    /// left out than one given out twice.
    /// </summary>
    internal const int MaxStretches = 32;

    private readonly List<(long First, long Last)> _stretches = [];

    public void Add(long first, long last)
    {
        var index = _stretches.FindIndex(stretch => stretch.Last >= first - 1);
        if (index < 0)
        {
            _stretches.Add((first, last));
        }
        else if (_stretches[index].First > last + 1)
        {
            _stretches.Insert(index, (first, last));
        }
        else
        {
            _stretches[index] = (Math.Min(first, _stretches[index].First), Math.Max(last, _stretches[index].Last));
            while (index + 1 < _stretches.Count && _stretches[index + 1].First <= _stretches[index].Last + 1)
            {
                Join(index);
            }
        }

        if (_stretches.Count > MaxStretches)
        {
            Join(0);
        }
    }

    /// <summary>The last run of intervals in the range that have not been given out; empty (last before first) when there is none.</summary>
    public (long First, long Last) LastFree(long first, long last)
    {
        for (var i = _stretches.Count - 1; i >= 0; i--)
        {
            var stretch = _stretches[i];
            if (stretch.First > last)
            {
                continue;
            }

            if (stretch.Last < last)
            {
                return (Math.Max(first, stretch.Last + 1), last);
            }

            last = stretch.First - 1;
        }

        return (first, last);
    }

    private void Join(int index)
    {
        _stretches[index] = (_stretches[index].First, Math.Max(_stretches[index].Last, _stretches[index + 1].Last));
        _stretches.RemoveAt(index + 1);
    }
}
