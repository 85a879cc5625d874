namespace FastScaling.Simulations.Reports;

/// <summary>What the surges over real sockets came to.</summary>
internal static class SurgeReport
{
    public static void Write(string folder, IReadOnlyList<double> delays)
    {
        var quantiles = Quantiles.Of(delays);
        var text = FormattableString.Invariant($"""
            # Surges over real sockets, in real time

            Made by `benchmarks/run surges`: services on loopback go from 20 to 200 requests a second; from the first request of the surge
            until the local CloudWatch has accepted a sample that shows it (at least 100), seconds.

            | surges | median | 90 % | worst | not seen |
            |---|---|---|---|---|
            | {delays.Count} | {quantiles.Median:0.00} | {quantiles.P90:0.00} | {quantiles.Max:0.00} | {quantiles.Missing} |

            """);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "surges.md"), text);
        Console.WriteLine(text);
    }
}
