using FastScaling.Simulations.Reports;
using FastScaling.Simulations.Sockets;

namespace FastScaling.Simulations.Tests;

public class SurgeExperimentTests
{
    [Fact]
    public async Task Over_real_sockets_a_surge_is_accepted_long_before_the_export_interval_is_over()
    {
        var delays = Quantiles.Of(await SurgeExperiment.RunAsync(services: 6, surges: 1, seed: 1));

        // 1.5 s on a machine that has nothing else to do (docs/scale-in-time.md); without surge flush it would be 3.5 s.
        Assert.Equal(0, delays.Missing);
        Assert.InRange(delays.Median, 0, 2.5);
    }
}
