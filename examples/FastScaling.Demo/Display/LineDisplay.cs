using FastScaling.Demo.Alarm;
using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Display;

/// <summary>For a pipe or a build server: a line every few seconds, and the events.</summary>
internal sealed class LineDisplay : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TextWriter _output;
    private readonly DemoOptions _options;
    private TimeSpan _next = Interval;

    public LineDisplay(TextWriter output, DemoOptions options)
    {
        _output = output;
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
            $"{Wording.ShortPhase(state.Phase)} {state.Rate:0}/s | "
            + $"CloudWatch: {Wording.Number(view[CloudWatchReader.RequestsPerSecond].Newest)}/s, "
            + $"10-s avg {Wording.Number(state.Average)}{(state.IsOver ? " OVER" : state.Average is null ? "" : " OK")}, "
            + $"p99 {Wording.Number(view[CloudWatchReader.ResponseTimeP99].Newest)} ms");
    }

    public void Tell(TimeSpan elapsed, string news) => Write($"{Wording.Seconds(elapsed),7}  {news}");

    public void Summarize(DemoSummary summary)
    {
        using var text = new StringWriter();
        SummaryTable.Write(Displays.Plain(text), summary, AlarmWatch.Threshold);
        foreach (var line in text.ToString().Split('\n'))
        {
            Write(line.TrimEnd());
        }
    }

    private void Write(string line) => _output.WriteLine(line);
}
