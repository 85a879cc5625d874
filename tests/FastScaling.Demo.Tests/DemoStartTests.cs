using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FastScaling.Demo.Tests;

public sealed class DemoStartTests
{
    [Theory]
    [InlineData("--port")]
    [InlineData("--cloudwatch-port")]
    public async Task A_taken_port_is_one_clear_line_and_exit_code_1(string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var demo = DemoProcess.Start(option, port);

        var (exitCode, errors) = await demo.EndAsync();

        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"port {port}", line, StringComparison.Ordinal);
        Assert.Contains("in use", line, StringComparison.Ordinal);
        Assert.Contains(option, line, StringComparison.Ordinal);
        Assert.Empty(demo.Lines);
    }

    [Theory]
    [InlineData("--duration", "5")]
    [InlineData("--rate", "0")]
    [InlineData("--port", "70000")]
    [InlineData("--surge-after", "55")]
    public async Task An_option_out_of_range_is_refused(string option, string value)
    {
        using var demo = DemoProcess.Start(option, value);

        var (exitCode, errors) = await demo.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }
}
