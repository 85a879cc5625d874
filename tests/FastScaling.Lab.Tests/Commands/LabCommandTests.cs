using System.Text.Json;
using FastScaling.Lab.Commands;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.Tests.Commands;

public class LabCommandTests
{
    [Fact]
    public async Task A_clean_template_exits_with_0()
    {
        var (exitCode, output, errors) = await LabProcess.RunAsync("check", "--template", "builtin");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("builtin: no findings.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_with_findings_exits_with_1_and_writes_them_as_json()
    {
        var (exitCode, output, _) = await LabProcess.RunAsync("check", "--template", "seed", "--format", "json");

        Assert.Equal(1, exitCode);
        using var document = JsonDocument.Parse(output);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().ToArray();
        Assert.Contains(findings, finding => finding.GetProperty("id").GetString() == "scale-in-when-stalled" && finding.GetProperty("line").GetInt32() > 0);
        Assert.All(findings, finding => Assert.Matches("^(error|warning|info)$", finding.GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task A_bad_file_exits_with_2_and_names_file_line_and_column()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "Resources:\n  A:\n    Type: [x\n");

            var (exitCode, output, errors) = await LabProcess.RunAsync("check", "--template", path);

            Assert.Equal((2, ""), (exitCode, output));
            Assert.Matches($@"^fastscaling: {System.Text.RegularExpressions.Regex.Escape(path)}:[0-9]+:[0-9]+: This is not YAML", errors);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await LocalCloudWatchServer.StartAsync();
        var port = first.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var (exitCode, _, errors) = await LabProcess.RunAsync("cloudwatch", "--port", port);

        Assert.Equal(2, exitCode);
        Assert.Contains($"Port {port} is already in use", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "--template", "no-such-file")]
    [InlineData("check", "--template", "builtin", "--format", "xml")]
    [InlineData("check", "--template", "builtin", "--parameter", "x")]
    [InlineData("check", "--template", "builtin", "--endpoint-url", "http://localhost")]
    [InlineData("check", "--live", "--endpoint-url", "ftp://localhost")]
    [InlineData("replay", "--profile", "noise")]
    [InlineData("replay", "--scale", "-1")]
    [InlineData("replay", "--start-time", "60-20")]
    [InlineData("replay", "--exporter", "Interval=1")]
    [InlineData("replay", "--exporter", "ExportInterval=0", "--profile", "step")]
    [InlineData("replay", "--traffic", "no-such-file")]
    [InlineData("lab", "--traffic", "day.csv", "--rate", "10", "--headless", "--for", "10s")]
    [InlineData("cost", "--tasks", "none")]
    [InlineData("cloudwatch", "--port", "70000")]
    [InlineData("unheard-of")]
    public async Task Wrong_usage_returns_2(params string[] arguments)
    {
        Assert.Equal(2, await LabCommand.RunAsync(arguments));
    }

    [Fact]
    public void Every_command_has_help_for_itself_and_its_options()
    {
        var root = LabCommand.Create();

        Assert.Equal(["check", "cloudwatch", "cost", "lab", "replay", "traffic"], root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).Order());
        Assert.All(root.Subcommands, command => Assert.False(string.IsNullOrWhiteSpace(command.Description)));
        Assert.All(root.Subcommands.SelectMany(command => command.Options), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }
}
