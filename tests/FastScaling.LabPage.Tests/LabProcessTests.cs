using System.Net;
using System.Net.Sockets;
using FastScaling.LabPage.Tests.Support;

namespace FastScaling.LabPage.Tests;

/// <summary>How the tool starts and ends: quickly, and with nothing left behind.</summary>
public sealed class LabProcessTests
{
    private const double Patience = 60;

    [Theory]
    [InlineData("INT", 0)]
    [InlineData("TERM", 0)]
    [InlineData("KILL", 137)]
    public async Task No_process_is_left_behind_however_the_tool_ends(string signal, int expected)
    {
        await using var lab = await LabProcess.StartAsync("--rate", "10");
        await lab.UntilAsync(() => lab.Output.Contains("task 2 serves its first request", StringComparison.Ordinal), Patience);
        var tasks = lab.Children;
        Assert.Equal(2, tasks.Count);

        lab.Signal(signal);

        Assert.Equal(expected, await lab.ExitAsync(Patience));
        await lab.UntilAsync(() => !tasks.Any(LabProcess.IsAlive), Patience);
    }

    [Theory]
    [InlineData("--port", "The page")]
    [InlineData("--service-port", "The load balancer")]
    [InlineData("--cloudwatch-port", "The local CloudWatch")]
    public async Task A_port_that_is_taken_is_named(string option, string who)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] pagePort = option == "--port" ? [] : ["--port", "0"];
        await using var lab = LabProcess.Run(["lab", .. pagePort, option, port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.Equal(2, await lab.ExitAsync(Patience));
        await lab.UntilAsync(() => lab.Output.Contains(option, StringComparison.Ordinal), 5);
        Assert.Contains(who, lab.Output);
        Assert.Contains($"{port}", lab.Output);
        Assert.Contains("already in use", lab.Output);
    }

    [Theory]
    [InlineData("--headless", "--headless and --report need --for.")]
    [InlineData("--for=never", "--for must be a time such as 60s, 10m or 2h, from 10s to 6h, and is 'never'.")]
    [InlineData("--for=7h", "from 10s to 6h, and is '7h'")]
    [InlineData("--max-tasks=40", "--max-tasks must be a whole number from 1 to 12, and is '40'.")]
    [InlineData("--profile=cliff", "--profile must be one of surge, day, step, ramp, burst, and is 'cliff'.")]
    [InlineData("--exporter=Nothing=1", "The exporter has no option 'Nothing'")]
    public async Task Wrong_usage_is_told_before_anything_starts(string argument, string error)
    {
        await using var lab = LabProcess.Run("lab", argument);
        Assert.Equal(2, await lab.ExitAsync(Patience));
        await lab.UntilAsync(() => lab.Output.Contains(error, StringComparison.Ordinal), 5);
    }
}
