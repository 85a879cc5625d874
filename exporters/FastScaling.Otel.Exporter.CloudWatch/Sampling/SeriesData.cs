using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Data of series beside the built-in signals, at most one request full. Each is a single value, or values with how
/// often each occurred. Buffers grow to what is needed and are kept.
/// </summary>
internal sealed class SeriesData
{
    private const int BytesPerDatum = 8 + sizeof(int);
    private const int BytesPerValue = sizeof(double) + sizeof(long);

    private Series[] _series = [];
    private int[] _ends = [];
    private double[] _values = [];
    private long[] _counts = [];

    public int Count { get; private set; }

    /// <summary>An upper bound of the memory that the data occupy, without the series, which are shared.</summary>
    public int Bytes => (_series.Length * BytesPerDatum) + (_values.Length * BytesPerValue);

    public Series SeriesOf(int index) => _series[index];

    /// <summary>Ascending.</summary>
    public ReadOnlySpan<double> ValuesOf(int index) => _values.AsSpan(StartOf(index).._ends[index]);

    /// <summary>How often each value occurred; a single 0 when the datum is a plain value.</summary>
    public ReadOnlySpan<long> CountsOf(int index) => _counts.AsSpan(StartOf(index).._ends[index]);

    /// <summary>Whether the datum is one plain value rather than a distribution.</summary>
    public bool IsSingle(int index) => _counts[StartOf(index)] == 0;

    /// <summary>Adds a single value.</summary>
    /// <returns>False, and nothing added, when CloudWatch would not take it.</returns>
    public bool TryAdd(Series series, double value)
    {
        if (!CloudWatchValue.IsAcceptable(value))
        {
            return false;
        }

        var start = Grow(series, 1);
        _values[start] = value + 0.0; // CloudWatch knows no negative zero.
        _counts[start] = 0;
        return true;
    }

    /// <summary>Adds a distribution, of values that CloudWatch takes.</summary>
    public void Add(Series series, ValueDistribution distribution)
    {
        var start = Grow(series, distribution.Values.Length);
        distribution.Values.CopyTo(_values.AsSpan(start));
        distribution.Counts.CopyTo(_counts.AsSpan(start));
    }

    public void Clear()
    {
        _series.AsSpan(0, Count).Clear();
        Count = 0;
    }

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    private int Grow(Series series, int values)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == _series.Length)
        {
            var size = Math.Max(8, Count * 2);
            Array.Resize(ref _series, size);
            Array.Resize(ref _ends, size);
        }

        if (start + values > _values.Length)
        {
            var size = Math.Max(start + values, Math.Max(8, _values.Length * 2));
            Array.Resize(ref _values, size);
            Array.Resize(ref _counts, size);
        }

        _series[Count] = series;
        _ends[Count++] = start + values;
        return start;
    }
}
