using Spectre.Console;

namespace FastScaling.Demo.Display;

/// <summary>For a person at a terminal: one screen that is painted over once a second.</summary>
internal sealed class LiveDisplay : IDisplay
{
    private readonly IAnsiConsole _console;
    private readonly LiveScreen _screen;
    private LiveDisplayContext? _live;

    public LiveDisplay(IAnsiConsole console, DemoOptions options)
    {
        _console = console;
        _screen = new LiveScreen(options, console.Profile.Capabilities.Unicode);
    }

    public Task ShowAsync(DemoAddresses addresses, Func<Task> run)
    {
        _screen.Addresses = addresses;
        return _console.Live(_screen.Render()).StartAsync(async live =>
        {
            _live = live;
            await run();
        });
    }

    public void Update(DemoState state)
    {
        _screen.State = state;
        _live?.UpdateTarget(_screen.Render());
    }

    public void Tell(TimeSpan elapsed, string news)
    {
        _screen.Add(elapsed, news);
        _live?.UpdateTarget(_screen.Render());
    }

    public void Summarize(DemoSummary summary) => SummaryTable.Write(_console, summary, Alarm.AlarmWatch.Threshold);
}
