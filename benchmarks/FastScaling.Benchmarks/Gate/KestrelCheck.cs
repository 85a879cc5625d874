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

        // As the sample service is, which has OpenTelemetry metrics of its own already.
        yield return GateResult.Of(budgets["kestrel-cpu"], Cpu(run.CompareWithOpenTelemetryAsync()));

        // Nobody paid for metrics there before: what ASP.NET Core charges as soon as anyone listens comes on top.
        yield return GateResult.Report("  bare service", "ratio", Cpu(run.CompareBareAsync()));
        yield return GateResult.Report("  bare service, a listener that does nothing", "ratio", Cpu(run.CompareWithNoOpListenerAsync()));
    }

    private static (double Median, Interval Interval) Cpu(Task<LoadComparison> comparison)
    {
        var cpu = comparison.GetAwaiter().GetResult().Cpu; // A console program.
        return (cpu.Median, new Interval(cpu.Low, cpu.High));
    }
}
