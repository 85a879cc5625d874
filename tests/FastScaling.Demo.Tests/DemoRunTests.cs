namespace FastScaling.Demo.Tests;

public sealed class DemoRunTests
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task It_ends_by_itself_says_when_the_threshold_was_crossed_and_loses_no_request()
    {
        // What build servers and other web applications leave in the environment changes neither addresses nor output.
        var surroundings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:1",
            ["FastScaling__CloudWatch__Endpoint"] = "http://127.0.0.1:1",
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["OTEL_SERVICE_NAME"] = "another",
            ["GITHUB_ACTIONS"] = "true",
        };
        using var demo = DemoProcess.Start(surroundings, "--duration", "24", "--surge-after", "4");

        var (exitCode, errors) = await demo.EndAsync();

        var summary = new SummaryText(demo.Lines);
        var output = summary.ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(Escape, output);

        // 6.2 s of surge, the second that has to end, and 5 s until the next call; the rest is a busy machine.
        Assert.InRange(summary.CrossedAfter, 5.5, 16);

        Assert.InRange(summary.Sent, 1500, 2500);
        Assert.Equal(summary.Sent, summary.Sum);
        Assert.Equal(summary.Sent, summary.SeenByOwnExporter);
        Assert.Contains("all answered", output, StringComparison.Ordinal);
        Assert.Contains("0 refused", output, StringComparison.Ordinal);
        Assert.Contains("not the time to ALARM on AWS", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.All(demo.Lines, line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), line));
    }
}
