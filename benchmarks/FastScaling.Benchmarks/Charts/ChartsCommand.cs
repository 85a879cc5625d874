using System.CommandLine;

namespace FastScaling.Benchmarks.Charts;

internal static class ChartsCommand
{
    public static Command Create() => new("charts", "x");
}
