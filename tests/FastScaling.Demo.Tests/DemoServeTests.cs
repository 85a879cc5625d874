using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FastScaling.Demo.Tests;

public sealed partial class DemoServeTests
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signal_ends_it_promptly_and_well(bool isInterrupt)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals on Windows.");
        using var demo = DemoProcess.Start("--serve");
        await demo.LineAsync("the load begins");
        await demo.LineAsync("steady");

        var watch = Stopwatch.StartNew();
        if (isInterrupt)
        {
            await demo.InterruptAsync();
        }
        else
        {
            await demo.TerminateAsync();
        }

        var (exitCode, errors) = await demo.EndAsync();

        Assert.True(watch.Elapsed < Promptly, $"It took {watch.Elapsed}.");
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        var summary = new SummaryText(demo.Lines);
        Assert.Equal(summary.Sent, summary.Sum);
    }

    [Fact]
    public async Task Serving_shows_working_addresses_and_counts_the_requests_of_others_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals on Windows.");
        using var demo = DemoProcess.Start("--serve");
        using var http = new HttpClient();
        var service = AddressPattern().Match(await demo.LineAsync("service ")).Value;
        var cloudWatch = AddressPattern().Match(await demo.LineAsync("local CloudWatch ")).Value;
        await demo.LineAsync("the load begins");

        await http.GetStringAsync(new Uri(service), TestContext.Current.CancellationToken);
        var page = await http.GetStringAsync(new Uri(cloudWatch), TestContext.Current.CancellationToken);
        await demo.TerminateAsync();
        var (exitCode, _) = await demo.EndAsync();

        Assert.Contains("Local CloudWatch", page, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Equal(1, new SummaryText(demo.Lines).FromOthers);
    }

    [GeneratedRegex("http://127[^ ]+")]
    private static partial Regex AddressPattern();
}
