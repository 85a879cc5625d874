namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>What is known of a set of samples. Immutable.</summary>
/// <param name="SampleCount">How many there are; above zero.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Distribution">Those whose single values are known.</param>
internal sealed record Aggregate(double SampleCount, double Sum, double Minimum, double Maximum, Distribution Distribution)
{
    public static Aggregate OfValue(double value) => new(1, value, value, value, Distribution.Of(value, 1));

    /// <summary>A sample whose value need not be told from others: enough for all statistics but percentiles.</summary>
    public static Aggregate OfValueAlone(double value) => new(1, value, value, value, Distribution.Empty);

    /// <summary>Takes the arrays over. Values that were counted zero times say nothing; null when that leaves none.</summary>
    public static Aggregate? OfValues(double[] values, double[] counts)
    {
        if (Array.Exists(counts, static count => count == 0))
        {
            values = [.. values.Where((_, i) => counts[i] > 0)];
            counts = [.. counts.Where(static count => count > 0)];
        }

        if (values.Length == 0)
        {
            return null;
        }

        var count = 0.0;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            count += counts[i];
            sum += values[i] * counts[i];
        }

        var minimum = values.Min();
        var maximum = values.Max();
        return new Aggregate(count, sum, minimum, maximum, Distribution.Of(values, counts));
    }

    /// <summary>Only a set whose samples are all equal tells their values: a single sample, or minimum and maximum the same.</summary>
    public static Aggregate OfSet(double sampleCount, double sum, double minimum, double maximum)
    {
        var isDegenerate = minimum == maximum && (sampleCount == 1 ? sum == minimum : sum == minimum * sampleCount);
        return new Aggregate(sampleCount, sum, minimum, maximum, isDegenerate ? Distribution.Of(minimum, sampleCount) : Distribution.Empty);
    }
}
