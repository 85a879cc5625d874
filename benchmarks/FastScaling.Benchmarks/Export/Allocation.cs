namespace FastScaling.Benchmarks;

/// <summary>What the calling thread allocates, once everything is warm.</summary>
internal static class Allocation
{
    private const int WarmUp = 100;
    private const int Runs = 100;

    /// <summary>Bytes that a run allocates on the calling thread, on average; exactly 0 when none of them does.</summary>
    public static double PerRun(Action run)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++)
        {
            run();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Runs;
    }
}
