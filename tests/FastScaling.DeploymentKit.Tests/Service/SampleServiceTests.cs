using System.Net;
using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.DeploymentKit.Tests.Templates;
using FastScaling.LocalCloudWatch;

namespace FastScaling.DeploymentKit.Tests.Service;

public class SampleServiceTests : IClassFixture<ServiceRun>
{
    private readonly ServiceRun _run;

    public SampleServiceTests(ServiceRun run) => _run = run;

    [Fact]
    public void It_runs_as_another_user_than_root_in_a_folder_that_it_cannot_write_to()
    {
        Assert.True(_run.WasReadOnly);
        Assert.NotEqual("0", _run.User);
        Assert.Equal(_run.FilesBefore, _run.FilesAfter);
        TestContext.Current.TestOutputHelper?.WriteLine($"user {_run.User}, listening after {_run.StartTime.TotalMilliseconds:0} ms");
    }

    [Fact]
    public void On_SIGTERM_it_answers_what_is_in_flight_and_ends_well()
    {
        Assert.Equal(HttpStatusCode.OK, _run.SlowAnswer);
        Assert.Equal(0, _run.ExitCode);
    }

    [Fact]
    public void Every_request_is_in_CloudWatch_also_those_of_the_last_second() =>
        Assert.Equal(_run.Requests, Points("RequestsPerSecond").Sum(point => point.Sum));

    [Fact]
    public void The_applications_own_exporter_goes_on_beside_ours() =>
        // With the tags that our pipeline drops.
        Assert.Contains(_run.OtlpBodies, body => body.Contains("http.server.request.duration", StringComparison.Ordinal) && body.Contains("http.route", StringComparison.Ordinal));

    [Fact]
    public void A_healthy_load_leaves_every_alarm_quiet() => Assert.All(
        (string[])["RequestsPerSecond", "ActiveRequests", "QueueDelay", "ResponseTime", "ActiveConnections"],
        signal =>
        {
            var threshold = (double)Template.Kit.Parameters[$"{signal}Threshold"]!["Default"]!;
            Assert.All(Windows(Points(signal)), average => Assert.True(average < threshold, $"{signal}: {average} in ten seconds, the threshold is {threshold}."));
        });

    [Fact]
    public void Health_checks_are_not_among_the_signals() =>
        Assert.Equal(_run.Requests, Points("ResponseTime").Sum(point => point.SampleCount));

    [Fact]
    public void Work_that_cannot_be_done_is_refused() => Assert.Equal(HttpStatusCode.BadRequest, _run.AnswerToBadInput);

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.aot")]
    public void The_Dockerfile_copies_what_is_there_and_ends_as_another_user_than_root(string name)
    {
        var lines = Repository.Read($"examples/FastScaling.SampleService/{name}").Split('\n');

        Assert.All(
            lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)),
            line => Assert.All(
                line.Split(' ')[1..^1].Where(source => !source.Contains('*', StringComparison.Ordinal)),
                source => Assert.True(Path.Exists(Repository.PathOf(source)), source)));
        Assert.Contains("USER 1654", lines);
        Assert.Equal("1654", (string)Template.Kit.With().Properties("TaskDefinition")["ContainerDefinitions"]![0]!["User"]!);
    }

    private LocalCloudWatchDataPoint[] Points(string signal) =>
        [.. _run.Series.Single(series => series.MetricName == signal).DataPoints];

    // The means over ten seconds, at each second that an alarm may look.
    private static IEnumerable<double> Windows(LocalCloudWatchDataPoint[] points) =>
        points.Select(last => points.Where(point => point.Timestamp <= last.Timestamp && point.Timestamp > last.Timestamp.AddSeconds(-10)).ToArray())
            .Where(window => window.Length == 10)
            .Select(window => window.Sum(point => point.Sum) / window.Sum(point => point.SampleCount));
}
