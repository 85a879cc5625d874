using System.Diagnostics;
using System.Net.Sockets;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>The small host as a process of its own.</summary>
public sealed class HostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_listens_serves_and_ends_cleanly_on_an_interrupt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal.");
        using var host = Start("--port", "0");
        try
        {
            var listens = await host.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
            var set = await host.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
            var endpoint = set!.Split("AWS_ENDPOINT_URL_CLOUDWATCH=")[1].Split(' ')[0];
            Assert.Contains(endpoint, listens, StringComparison.Ordinal);
            Assert.StartsWith("http://127.0.0.1:", endpoint, StringComparison.Ordinal);
            using var http = new HttpClient();
            Assert.Contains("Local CloudWatch", await http.GetStringAsync(new Uri(endpoint), Cancellation), StringComparison.Ordinal);

            await Clients.RunAsync("kill", "-INT", $"{host.Id}");
            await host.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);

            Assert.Equal(0, host.ExitCode);
            Assert.Empty(await host.StandardError.ReadToEndAsync(Cancellation));
        }
        finally
        {
            if (!host.HasExited)
            {
                host.Kill();
            }
        }
    }

    [Fact]
    public async Task A_taken_port_is_one_line_on_stderr_and_exit_code_1()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, output, error) = await RunAsync("--port", $"{port}");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal($"Port {port} is already in use on the loopback address. Stop what listens there, or choose another port.", error.TrimEnd());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task A_wrong_port_is_explained(string port)
    {
        var (exitCode, _, error) = await RunAsync("--port", port);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("--port must be a number from 0 to 65535.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_port()
    {
        var (exitCode, output, _) = await RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("--port <port>", output, StringComparison.Ordinal);
        Assert.Contains("[default: 4582]", output, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        // Where the tests run behind nohup or in the background of a script, SIGINT is ignored, and child processes
        // inherit that: env gives it back its default.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(new ProcessStartInfo(
            command[0],
            [.. command[1..], Path.Combine(AppContext.BaseDirectory, "FastScaling.LocalCloudWatch.Host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var host = Start(arguments);
        var output = host.StandardOutput.ReadToEndAsync(Cancellation);
        var error = host.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            await host.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
            return (host.ExitCode, await output, await error);
        }
        finally
        {
            if (!host.HasExited)
            {
                host.Kill();
            }
        }
    }
}
