namespace FastScaling.Benchmarks.Gate;

/// <summary>Statistics of rounds in which everything was measured once. Pure, and the same for the same seed.</summary>
internal static class PairedStatistics
{
    private const int Resamples = 2000;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("There is no median of nothing.", nameof(values));
        }

        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median of one contender's rounds.</summary>
    public static (double Median, Interval Interval) OfMedian(IReadOnlyList<double> values, int seed = 1)
        => WithInterval(values.Count, rounds => Median(rounds.Select(round => values[round])), seed);

    /// <summary>The median of the ratios of each round, which a disturbance of some rounds does not move.</summary>
    public static (double Median, Interval Interval) Ratio(IReadOnlyList<double> measured, IReadOnlyList<double> baseline, int seed = 1)
    {
        var ratios = measured.Zip(baseline, static (a, b) => a / b).ToArray();
        return WithInterval(ratios.Length, rounds => Median(rounds.Select(round => ratios[round])), seed);
    }

    /// <summary>
    /// What one contender adds to the baseline against what another adds: the ratio of the median differences. The
    /// ratio is not taken in each round, where a difference may be nearly nothing and its ratio anything.
    /// </summary>
    public static (double Median, Interval Interval) RatioOfAdded(
        IReadOnlyList<double> measured,
        IReadOnlyList<double> reference,
        IReadOnlyList<double> baseline,
        int seed = 1)
    {
        return WithInterval(
            baseline.Count,
            rounds => Median(rounds.Select(round => measured[round] - baseline[round]))
                / Median(rounds.Select(round => reference[round] - baseline[round])),
            seed);
    }

    /// <summary>The statistic of all rounds, with its percentile bootstrap interval: rounds are drawn again, with replacement.</summary>
    public static (double Value, Interval Interval) WithInterval(int rounds, Func<IReadOnlyList<int>, double> statistic, int seed)
    {
        var random = new Random(seed);
        var drawn = new int[rounds];
        var results = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < rounds; j++)
            {
                drawn[j] = random.Next(rounds);
            }

            results[i] = statistic(drawn);
        }

        Array.Sort(results);
        var interval = new Interval(results[(int)(Resamples * 0.025)], results[(int)(Resamples * 0.975) - 1]);
        return (statistic([.. Enumerable.Range(0, rounds)]), interval);
    }
}
