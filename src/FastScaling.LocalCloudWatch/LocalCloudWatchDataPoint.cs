namespace FastScaling.LocalCloudWatch;

/// <summary>What was published for one second, or one minute, of a series.</summary>
public sealed class LocalCloudWatchDataPoint
{
    internal LocalCloudWatchDataPoint()
    {
    }

    /// <summary>The start of the second or minute, in UTC.</summary>
    public DateTimeOffset Timestamp { get; internal init; }

    /// <summary>The number of samples.</summary>
    public double SampleCount { get; internal init; }

    /// <summary>The sum of all samples, in the unit of the series.</summary>
    public double Sum { get; internal init; }

    /// <summary>The smallest sample, in the unit of the series.</summary>
    public double Minimum { get; internal init; }

    /// <summary>The largest sample, in the unit of the series.</summary>
    public double Maximum { get; internal init; }

    /// <summary>The mean of all samples: <see cref="Sum"/> by <see cref="SampleCount"/>.</summary>
    public double Average => Sum / SampleCount;

    /// <summary>
    /// The distinct values (key) with how often each was published (value), ascending by value. Statistic sets that do not tell their single
    /// values are missing here.
    /// </summary>
    public IReadOnlyList<KeyValuePair<double, double>> Distribution { get; internal init; } = [];
}
