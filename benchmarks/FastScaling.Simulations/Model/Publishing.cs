namespace FastScaling.Simulations.Model;

/// <summary>The ways to publish that are compared.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Options">How the product publishes, or null for the fixed publisher.</param>
internal sealed record Publishing(string Name, TaskOptions? Options)
{
    public static Publishing Fixed { get; } = new("fixed 5 s, one average", null);

    public static Publishing Surge { get; } = new("surge flush", new TaskOptions());

    /// <summary>Of what uneven loads are published with besides all others.</summary>
    public static IEnumerable<Publishing> Denser() =>
        ((int[])[3, 2]).Select(static seconds =>
            new Publishing($"surge flush, every {seconds} s", new TaskOptions { ExportInterval = TimeSpan.FromSeconds(seconds) }));

    public static IEnumerable<Publishing> All()
    {
        yield return Fixed;
        yield return new("5 s, no surge flush", new TaskOptions { MaxExtraCallsPerHour = 0 });
        yield return Surge;
        foreach (var seconds in (int[])[10, 20, 30])
        {
            yield return new($"surge flush, quiet {seconds} s", new TaskOptions { QuietExportInterval = TimeSpan.FromSeconds(seconds) });
        }
    }
}
