using System.CommandLine;

namespace FastScaling.Benchmarks.Experiments;

internal static class ExperimentsCommand
{
    public static Command Create() => new("experiments", "x");
}
