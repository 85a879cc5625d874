namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>Distinct values with their counts, ascending by value. Immutable.</summary>
internal sealed class Distribution
{
    public static readonly Distribution Empty = new([], []);

    private readonly double[] _values;
    private readonly double[] _counts;

    private Distribution(double[] values, double[] counts)
    {
        _values = values;
        _counts = counts;
    }

    public int Length => _values.Length;

    public ReadOnlySpan<double> Values => _values;

    public ReadOnlySpan<double> Counts => _counts;

    public static Distribution Of(double value, double count) => new([value], [count]);

    /// <summary>Takes the arrays over. Equal values may repeat, and their order does not matter.</summary>
    public static Distribution Of(double[] values, double[] counts)
    {
        var length = SortAndMerge(values, counts);
        return length == values.Length ? new(values, counts) : new(values[..length], counts[..length]);
    }

    /// <summary>Takes the arrays over, which are ascending without equal values.</summary>
    public static Distribution OfSorted(double[] values, double[] counts) => values.Length == 0 ? Empty : new(values, counts);

    /// <summary>Sorts by value, adds the counts of equal ones up, and returns how many remain.</summary>
    public static int SortAndMerge(Span<double> values, Span<double> counts)
    {
        MemoryExtensions.Sort(values, counts);
        var length = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (length > 0 && values[length - 1] == values[i])
            {
                counts[length - 1] += counts[i];
            }
            else
            {
                values[length] = values[i];
                counts[length] = counts[i];
                length++;
            }
        }

        return length;
    }

    public static Distribution Pool(IReadOnlyList<Distribution> distributions)
    {
        if (distributions.Count == 1)
        {
            return distributions[0];
        }

        var length = 0;
        foreach (var distribution in distributions)
        {
            length += distribution.Length;
        }

        var values = new double[length];
        var counts = new double[length];
        var at = 0;
        foreach (var distribution in distributions)
        {
            distribution._values.CopyTo(values, at);
            distribution._counts.CopyTo(counts, at);
            at += distribution.Length;
        }

        return Of(values, counts);
    }

    /// <summary>
    /// By nearest rank: the smallest value that at least <paramref name="percent"/> of the samples do not exceed. CloudWatch does not document
    /// its interpolation; a value that was really published is the plainest answer.
    /// </summary>
    public double Percentile(double percent)
    {
        var total = 0.0;
        foreach (var count in _counts)
        {
            total += count;
        }

        // In hundredths of a percent, which is what a percentile is written in: 99.9 / 100 * 1000 would miss 999 by a rounding error.
        var rank = Math.Round(percent * 100) * total;
        var below = 0.0;
        for (var i = 0; i < _values.Length - 1; i++)
        {
            below += _counts[i];
            if (below * 10_000 >= rank)
            {
                return _values[i];
            }
        }

        return _values[^1];
    }

    public KeyValuePair<double, double>[] ToPairs()
    {
        var pairs = new KeyValuePair<double, double>[_values.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new KeyValuePair<double, double>(_values[i], _counts[i]);
        }

        return pairs;
    }
}
