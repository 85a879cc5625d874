using System.Diagnostics;

namespace FastScaling.Benchmarks.Gate;

/// <summary>
/// Measures contenders in turns of a few milliseconds. Whatever disturbs the machine for longer than a turn meets all of
/// them in the same round, so ratios within a round hold where absolute times do not.
/// </summary>
/// <param name="rounds">How often each contender has its turn.</param>
/// <param name="operations">How much it does in a turn.</param>
internal sealed class PairedMeasurement(int rounds, int operations)
{
    private const int Seed = 20_261;

    // Calls until the runtime has compiled a method for the last time: 30 calls lead to the next tier, and there are two steps.
    private const int WarmUpCalls = 40;
    private const int WarmUpPhases = 3;

    public IReadOnlyList<ContenderRounds> Run(params IReadOnlyList<Contender> contenders)
    {
        WarmUp(contenders);
        var order = Enumerable.Range(0, contenders.Count).ToArray();
        var nanoseconds = contenders.Select(_ => new double[rounds]).ToArray();
        var bytes = new long[contenders.Count];
        var random = new Random(Seed);
        GC.Collect();
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                var run = contenders[index].Run;
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                run(operations);
                var elapsed = Stopwatch.GetElapsedTime(start);
                bytes[index] += GC.GetAllocatedBytesForCurrentThread() - allocated;
                nanoseconds[index][round] = elapsed.TotalNanoseconds / operations;
            }
        }

        return [.. contenders.Select((_, index) => new ContenderRounds(nanoseconds[index], bytes[index], (long)rounds * operations))];
    }

    private void WarmUp(IReadOnlyList<Contender> contenders)
    {
        for (var phase = 0; phase < WarmUpPhases; phase++)
        {
            foreach (var contender in contenders)
            {
                for (var call = 0; call < WarmUpCalls; call++)
                {
                    contender.Run(Math.Max(1, operations / 10));
                }
            }

            // The runtime compiles the next tier in the background, 100 ms after the last new method was met.
            Thread.Sleep(250);
        }
    }
}
