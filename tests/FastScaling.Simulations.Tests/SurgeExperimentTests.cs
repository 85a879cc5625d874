using FastScaling.Simulations.Sockets;

namespace FastScaling.Simulations.Tests;

public class SurgeExperimentTests
{
    [Fact]
    public async Task Over_real_sockets_surges_are_accepted_long_before_the_export_interval_is_over()
    {
        // How soon depends on the machine (benchmarks/run surges). That regular calls came by chance within 15 seconds of 5
        // minutes to all four has a probability of less than one in 100,000.
        var delays = await SurgeExperiment.RunAsync(services: 4, surges: 1, seed: 1, new SurgeLoad(Base: 10), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(15));

        Assert.Equal(4, delays.Count);
        Assert.All(delays, delay => Assert.InRange(delay.Total, 0, 20));
    }
}
