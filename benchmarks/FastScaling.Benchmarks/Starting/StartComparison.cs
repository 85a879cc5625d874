using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Starting;

/// <summary>How long a service takes to start, without and with something.</summary>
/// <param name="Name">What kind of service it is.</param>
/// <param name="Without">Milliseconds of each start without, in the order of the pairs.</param>
/// <param name="With">The same with it.</param>
internal sealed record StartComparison(string Name, IReadOnlyList<double> Without, IReadOnlyList<double> With)
{
    /// <summary>What is added, in milliseconds. Each start is compared with its neighbour in time.</summary>
    public MedianInterval Added => MedianInterval.Of([.. With.Zip(Without, static (with, without) => with - without)]);
}
