using System.Globalization;
using FastScaling.Demo.Alarm;
using FastScaling.Demo.Load;
using FastScaling.Demo.Reading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FastScaling.Demo.Display;

/// <summary>The live screen: fits into 80 columns and 24 lines, and says everything without colours, too.</summary>
internal sealed class LiveScreen
{
    private const int MostEvents = 3;
    private const int BarWidth = 50;

    private readonly DemoOptions _options;
    private readonly bool _isUnicode;
    private readonly List<string> _events = [];

    public LiveScreen(DemoOptions options, bool isUnicode)
    {
        _options = options;
        _isUnicode = isUnicode;
    }

    public DemoAddresses? Addresses { get; set; }

    public DemoState? State { get; set; }

    public void Add(TimeSpan elapsed, string news)
    {
        _events.Add($"{Wording.Seconds(elapsed),7}  {news}");
        if (_events.Count > MostEvents)
        {
            _events.RemoveAt(0);
        }
    }

    public IRenderable Render()
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(0));
        foreach (var line in Lines())
        {
            grid.AddRow(new Markup(line).Overflow(Overflow.Crop));
        }

        return grid;
    }

    private IEnumerable<string> Lines() =>
    [
        .. Head(),
        "",
        .. State is { } state ? [.. Metrics(state.View, state.Now), "", .. AlarmLines(state), "", Requests(state), ""] : Array.Empty<string>(),
        .. _events.Select(Markup.Escape),
    ];

    private IEnumerable<string> Head()
    {
        var phase = State is null ? "starting" : Wording.Phase(State.Phase, State.Rate);
        var time = Wording.Clock(State?.Elapsed ?? TimeSpan.Zero);
        var end = _options.Serve ? "" : $" of {Wording.Clock(_options.Duration)}";
        var style = State?.Phase == LoadPhase.Surge ? "bold yellow" : "bold";
        yield return $"[bold]FastScaling demo[/]  {time}{end}  [{style}]{phase}[/]  [dim](Ctrl-C ends)[/]";
        yield return $"[dim]service {Addresses?.Service}  local CloudWatch {Addresses?.CloudWatch}[/]";
    }

    private IEnumerable<string> Metrics(CloudWatchView view, DateTimeOffset now)
    {
        yield return $"[underline]{"in CloudWatch",-17} {"newest",8} {"10-s avg",8} {"unit",-12} {"last 30 s, a column a second",-30}[/]";
        foreach (var metric in view.Metrics)
        {
            yield return $"{metric.Label,-17} [bold]{Wording.Number(metric.Newest),8}[/] {Wording.Number(metric.Average),8} "
                + $"[dim]{metric.Unit,-12}[/] [aqua]{Sparkline.Of(metric.Columns, _isUnicode)}[/]";
        }

        yield return view.NewestSecond is { } newest
            ? $"[dim]newest second {Wording.Utc(newest)} UTC, ended {Age(now, newest)} s ago; sent every 5 s[/]"
            : "[dim]no data yet: the first are sent within 5 s[/]";
    }

    private IEnumerable<string> AlarmLines(DemoState state)
    {
        yield return $"[bold]Alarm[/]  RequestsPerSecond per task, 10-second average over {AlarmWatch.Threshold:0}";
        yield return $"       {Bar(state.Average ?? 0, state.IsOver)} {Wording.Number(state.Average)}";
        var since = state.ChangedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $" since {at:HH:mm:ss} UTC, {(state.Now - at).TotalSeconds:0} s")
            : "";
        yield return state switch
        {
            { IsOver: true } => $"       [bold red]OVER THE THRESHOLD[/]{since}",
            { Average: null } => $"       waiting for the first {AlarmWatch.Period} seconds of data",
            _ => $"       [green]OK[/]{since}",
        };
    }

    private static string Requests(DemoState state) =>
        $"[bold]Requests[/]  sent {Wording.Count(state.Sent)}  answered {Wording.Count(state.Answered)}  "
        + $"in CloudWatch {Wording.Count(state.InCloudWatch)}  by {Wording.Count(state.PutCalls)} calls";

    /// <summary>The average as a bar, with a mark where the threshold is.</summary>
    private string Bar(double average, bool isOver)
    {
        var most = Math.Max(Math.Max(_options.Rate, _options.SurgeRate), AlarmWatch.Threshold) * 1.1;
        var filled = (int)Math.Round(Math.Clamp(average / most, 0, 1) * BarWidth);
        var mark = (int)Math.Round(AlarmWatch.Threshold / most * BarWidth);
        var (full, empty) = _isUnicode ? ('█', '░') : ('#', '.');
        var bar = string.Concat(Enumerable.Range(0, BarWidth).Select(i => i == mark ? '|' : i < filled ? full : empty));
        return isOver ? $"[red]{bar}[/]" : $"[green]{bar}[/]";
    }

    private static string Age(DateTimeOffset now, long second) =>
        Math.Max(0, now.ToUnixTimeSeconds() - second - 1).ToString(CultureInfo.InvariantCulture);
}
