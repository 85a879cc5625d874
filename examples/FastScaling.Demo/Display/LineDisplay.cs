using FastScaling.Demo.Alarm;
using FastScaling.Demo.Reading;
using Spectre.Console;

namespace FastScaling.Demo.Display;

/// <summary>For a pipe or a build server: a line every few seconds, and the events.</summary>
internal sealed class LineDisplay : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole _console;
    private readonly DemoOptions _options;
    private TimeSpan _next = Interval;

    public LineDisplay(IAnsiConsole console, DemoOptions options)
    {
        _console = console;
        _options = options;
    }

    public async Task ShowAsync(DemoAddresses addresses, Func<Task> run)
    {
        Write($"service           {addresses.Service}");
        Write($"local CloudWatch  {addresses.CloudWatch}");
        Write(_options.Serve ? "runs until Ctrl-C" : $"ends by itself after {Wording.Seconds(_options.Duration)} of load");
        await run();
    }

    public void Update(DemoState state)
    {
        if (state.Elapsed < _next)
        {
            return;
        }

        _next += Interval;
        var view = state.View;
        Tell(
            state.Elapsed,
            $"{Wording.Phase(state.Phase, state.Rate)} | CloudWatch: "
            + $"{Wording.Number(view[CloudWatchReader.RequestsPerSecond].Newest)}/s, "
            + $"10-s average {Wording.Number(state.Average)} {(state.IsOver ? "OVER" : "OK")}, "
            + $"p99 {Wording.Number(view[CloudWatchReader.ResponseTimeP99].Newest)} ms | "
            + $"sent {state.Sent}, in CloudWatch {state.InCloudWatch}");
    }

    public void Tell(TimeSpan elapsed, string news) => Write($"{Wording.Seconds(elapsed),7}  {news}");

    public void Summarize(DemoSummary summary)
    {
        Write("");
        SummaryTable.Write(_console, summary, AlarmWatch.Threshold);
    }

    // Console.Out is what the console writes to; whole lines are neither wrapped nor cut.
    private void Write(string line) => _console.Profile.Out.Writer.WriteLine(line);
}
