namespace FastScaling.Lab.Live.Load;

/// <summary>What the clients saw between two looks. Times are milliseconds.</summary>
/// <param name="Sent">Requests that left.</param>
/// <param name="Served">Requests that were answered with 200 in time.</param>
/// <param name="Lost">Requests that failed, timed out, or could not leave because too many were open.</param>
/// <param name="InFlight">Requests that are open now.</param>
/// <param name="Median">Half of the served were faster; 0 when none was served.</param>
/// <param name="P99">99 % of the served were as fast.</param>
/// <param name="Mean">Of the served.</param>
/// <param name="Waited">Mean time that the served waited in their task for their turn.</param>
internal readonly record struct LoadSecond(int Sent, int Served, int Lost, int InFlight, double Median, double P99, double Mean, double Waited)
{
    public static LoadSecond Of(int sent, int lost, int inFlight, List<double> latencies, double waited)
    {
        latencies.Sort();
        return new LoadSecond(
            sent, latencies.Count, lost, inFlight, Quantile(latencies, 0.5), Quantile(latencies, 0.99),
            latencies.Count == 0 ? 0 : latencies.Average(), latencies.Count == 0 ? 0 : waited / latencies.Count);
    }

    // The nearest rank: the smallest value that so many reach.
    private static double Quantile(List<double> sorted, double quantile) =>
        sorted.Count == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Count) - 1)];
}
