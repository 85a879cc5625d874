namespace FastScaling.Lab.Service;

/// <summary>A log-normal distribution of mean 1 as a few values with their weights.</summary>
internal sealed class LatencyShape
{
    // The middles of these parts of the distribution, and their share of it.
    private static readonly double[] Quantiles = [-1.6449, -0.6745, 0, 0.6745, 1.6449, 2.5758];

    private static readonly double[] Shares = [0.1, 0.3, 0.2, 0.3, 0.09, 0.01];

    public LatencyShape(double sigma)
    {
        Values = [.. Quantiles.Select(quantile => Math.Exp(sigma * quantile))];
        var mean = 0.0;
        for (var i = 0; i < Values.Length; i++)
        {
            mean += Values[i] * Shares[i];
        }

        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] /= mean;
        }
    }

    /// <summary>Ascending.</summary>
    public double[] Values { get; }

    /// <summary>Of each value; together 1.</summary>
    public double[] Weights { get; } = Shares;

    /// <summary>The part that lies above a multiple of the mean.</summary>
    public double PartAbove(double multiple)
    {
        var part = 0.0;
        for (var i = Values.Length - 1; i >= 0 && Values[i] > multiple; i--)
        {
            part += Shares[i];
        }

        return part;
    }
}
