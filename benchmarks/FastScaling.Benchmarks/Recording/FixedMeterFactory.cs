using System.Diagnostics.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>Stands for the meter factory of a host: its meters have it as their scope.</summary>
internal sealed class FixedMeterFactory : IMeterFactory
{
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public void Dispose()
    {
    }
}
