using FastScaling.Simulations.Sockets;

namespace FastScaling.Simulations.Tests;

public class SurgeExperimentTests
{
    [Fact]
    public async Task Over_real_sockets_a_surge_is_accepted_long_before_the_export_interval_is_over()
    {
        // How soon it is depends on the machine (benchmarks/run surges); without surge flush none would come within the minute.
        var delays = await SurgeExperiment.RunAsync(services: 3, surges: 1, seed: 1, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(25));

        Assert.DoesNotContain(double.NaN, delays);
    }
}
