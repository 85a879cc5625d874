using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Gate;

/// <summary>CPU per request of a real service under load, with the exporter against without.</summary>
internal sealed class KestrelCheck(Budgets budgets, GateOptions options) : IGateCheck
{
    private const int Pairs = 10;
    private const int PairsPerProcess = 5;

    public IEnumerable<GateResult> Run()
    {
        var run = new LoadRun(Pairs, options.IsQuick ? 2 : 4, PairsPerProcess);
        var comparison = run.CompareAsync("Bare service", hasOpenTelemetry: false).GetAwaiter().GetResult(); // A console program.
        yield return GateResult.Of(
            budgets["kestrel-cpu"],
            (comparison.Cpu.Median, new Interval(comparison.Cpu.Low, comparison.Cpu.High)));
    }
}
