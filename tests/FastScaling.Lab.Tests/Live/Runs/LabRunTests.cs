using FastScaling.Lab.Commands;
using FastScaling.Lab.Live;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Reports;
using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Tests.Live.Runs;

/// <summary>The closed loop for real, beside the replay of the same traffic.</summary>
public sealed class LabRunTests
{
    // The replays count whole seconds, and a process of a busy machine may take longer to start than was drawn for it: so much may a
    // live run lie outside of what 25 replays say. Chance (phases, delays, start times) is in the replays themselves.
    private const double Early = 3;
    private const double Late = 8;

    [Fact]
    public async Task The_seconds_from_a_surge_to_a_new_task_agree_with_the_replays_of_the_same_traffic()
    {
        var moments = new List<LabMoment>();
        var settings = new LabSettings
        {
            Variant = new ReplayVariant("live", LiveCommand.BuiltIn([]), new Dictionary<string, string>()),
            Traffic = LabTraffic.Surge(30, 3, seed: 3),
            Assumptions = new ReplayAssumptions { TaskCapacity = 40, ServiceTime = 100, Seed = 3 },
            StartFactor = 8,
            Port = null,
            Seconds = 55,
        };
        LabComparison comparison;
        IReadOnlyList<int> processes;
        await using (var run = new LabRun(settings, moments.Add))
        {
            await run.OpenAsync(TestContext.Current.CancellationToken);
            await run.RunAsync(TestContext.Current.CancellationToken);
            processes = run.ProcessIds;
            comparison = LabComparison.Of(run)!;
        }

        var story = string.Join('\n', moments.Select(MomentText.Of).Concat(comparison.Lines()));
        Assert.Equal(LabTraffic.Calm, Assert.Single(comparison.Surges).Second);
        Agrees("alarm", static surge => surge.Detected);
        Agrees("more tasks wanted", static surge => surge.Scaled);
        Agrees("first new task", static surge => surge.FirstTask);

        // Surge, alarm, desired count, start, health, first request: in this order, and the seconds of the time line say the same.
        var steps = new[]
        {
            moments.FindIndex(moment => moment.Kind == SimulationEventKind.Surge),
            moments.FindIndex(moment => moment.Kind == SimulationEventKind.Alarm && moment.Text.EndsWith("to ALARM", StringComparison.Ordinal)),
            moments.FindIndex(moment => moment.Kind == SimulationEventKind.Scaling),
            moments.FindIndex(moment => moment.Text == "task 3 starting"),
            moments.FindIndex(moment => moment.Text == "task 3 running"),
            moments.FindIndex(moment => moment.Text == "task 3 healthy"),
            moments.FindIndex(moment => moment.Text == "task 3 serves its first request"),
        };
        Assert.True(steps[0] >= 0 && steps.Zip(steps.Skip(1)).All(static pair => pair.First < pair.Second), story);
        Assert.All(moments.Skip(1), moment => Assert.True(moment.SincePrevious >= 0, story));

        // Every request came back, and the tasks went with the lab.
        var live = comparison.Replay.Outcomes[0].Base;
        Assert.Equal(comparison.Replay.Traffic.Requests.Sum(), live.Requests);
        Assert.InRange(live.PeakTasks, 3, 6);
        Assert.InRange(processes.Count, 3, 6);
        Assert.All(processes, static id => Assert.False(Directory.Exists($"/proc/{id}") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z "), $"process {id} is left"));
        using var page = new StringWriter();
        HtmlReport.Write(page, comparison.Replay);
        Assert.Contains("live: could serve", page.ToString());

        void Agrees(string what, Func<SurgeResult, double?> value)
        {
            var seconds = value(comparison.Surges[0]);
            var range = comparison.Range(0, value);
            Assert.True(seconds is not null && range is not null, $"{what}: none.\n{story}");
            Assert.True(seconds >= range.Value.Low - Early && seconds <= range.Value.High + Late, $"{what} after {seconds} s, replays say {range}.\n{story}");
        }
    }
}
