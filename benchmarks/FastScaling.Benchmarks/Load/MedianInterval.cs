namespace FastScaling.Benchmarks.Load;

/// <summary>A median and its 95 % percentile bootstrap interval.</summary>
internal sealed record MedianInterval(double Median, double Low, double High)
{
    private const int Resamples = 10_000;
    private const int Seed = 20261123;

    /// <summary>The same numbers give the same interval: the random draws have a fixed seed.</summary>
    public static MedianInterval Of(IReadOnlyList<double> values)
    {
#pragma warning disable CA5394 // Nothing here is a secret.
        var random = new Random(Seed);
        var medians = new double[Resamples];
        var drawn = new double[values.Count];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
            {
                drawn[j] = values[random.Next(values.Count)];
            }

            medians[i] = MedianOf(drawn);
        }
#pragma warning restore CA5394

        Array.Sort(medians);
        return new MedianInterval(MedianOf([.. values]), medians[(int)(Resamples * 0.025)], medians[(int)(Resamples * 0.975)]);
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
