namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>What one collection has found of a series.</summary>
internal sealed class SeriesState
{
    private readonly List<double> _values = [];
    private HistogramData? _histogram;

    public SeriesState(Series series) => Series = series;

    public Series Series { get; }

    /// <summary>Whether the collection has found anything.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>The second in which something was found last.</summary>
    public long LastSecond { get; set; }

    /// <summary>The sum of counters and levels.</summary>
    public double Sum { get; private set; }

    /// <summary>The recordings of histograms.</summary>
    public HistogramData Histogram => _histogram ??= new HistogramData();

    public void AddToSum(double value)
    {
        Sum += value;
        IsTouched = true;
    }

    /// <summary>Adds the value of a gauge.</summary>
    public void AddValue(double value)
    {
        _values.Add(value);
        IsTouched = true;
    }

    /// <summary>Adds recordings of a histogram.</summary>
    /// <returns>False when they cannot be added.</returns>
    public bool TryAdd(HistogramData data)
    {
        IsTouched = true;
        return Histogram.TryAdd(data);
    }

    /// <summary>The values of gauges, ascending.</summary>
    public void MapValues(HistogramMapping mapping, ValueDistribution result)
    {
        _values.Sort();
        mapping.Begin();
        double sum = 0;
        for (var i = 0; i < _values.Count;)
        {
            var value = _values[i];
            long count = 0;
            for (; i < _values.Count && _values[i] == value; i++)
            {
                count++;
            }

            sum += value * count;
            mapping.AddBucket(value, value, count);
        }

        mapping.End(sum, _values[0], _values[^1], areExact: true, step: 0, result);
    }

    /// <summary>Makes it ready for the next collection.</summary>
    public void Clear()
    {
        IsTouched = false;
        Sum = 0;
        _values.Clear();
        _histogram?.Clear();
    }
}
