using FastScaling.Simulations.Sockets;

namespace FastScaling.Simulations.Reports;

/// <summary>What the surges over real sockets came to.</summary>
internal static class SurgeReport
{
    public static void Write(string folder, SurgeLoad load, IReadOnlyList<SurgeDelay> delays)
    {
        var text = FormattableString.Invariant($"""
            # Surges over real sockets, in real time

            Made by `benchmarks/run surges`: services on loopback go from {load.Base} to {load.Peak} requests a second, at random moments; from the first request of
            the surge until the local CloudWatch has accepted a sample that shows it (at least 100), seconds. {Environment.ProcessorCount} processors for services,
            clients and CloudWatch together.

            | {delays.Count} surges | median | 90 % | worst | not seen |
            |---|---|---|---|---|
            {Row("first request to acceptance", delays.Select(static delay => delay.Total))}
            {Row("of it until the end of the second that shows it", delays.Select(static delay => delay.Sampled))}
            {Row("of it from there: collection, jitter, call", delays.Select(static delay => delay.Accepted))}

            """);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "surges.md"), text);
        Console.WriteLine(text);
    }

    private static string Row(string what, IEnumerable<double> values)
    {
        var quantiles = Quantiles.Of(values);
        return FormattableString.Invariant($"| {what} | {quantiles.Median:0.00} | {quantiles.P90:0.00} | {quantiles.Max:0.00} | {quantiles.Missing} |");
    }
}
