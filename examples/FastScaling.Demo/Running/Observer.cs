using FastScaling.Demo.Alarm;
using FastScaling.Demo.Display;
using FastScaling.Demo.Load;
using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Running;

/// <summary>Asks CloudWatch five times a second, tells what has happened, and has the rest shown once a second.</summary>
internal sealed class Observer
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DisplayInterval = TimeSpan.FromSeconds(1);

    // How long CloudWatch keeps one-second data.
    private static readonly TimeSpan Retention = TimeSpan.FromHours(3);

    private readonly CloudWatchReader _reader;
    private readonly LoadGenerator _load;
    private readonly IDisplay _display;
    private readonly DateTimeOffset _start;
    private readonly Func<long> _putCalls;
    private readonly AlarmWatch _alarm = new();
    private LoadPhase _phase;
    private DateTimeOffset? _changedAt;

    public Observer(CloudWatchReader reader, LoadGenerator load, IDisplay display, DateTimeOffset start, Func<long> putCalls)
    {
        _reader = reader;
        _load = load;
        _display = display;
        _start = start;
        _putCalls = putCalls;
    }

    /// <summary>The Sum of RequestsPerSecond at the last look; none when the beginning is no longer kept.</summary>
    public long? InCloudWatch { get; private set; }

    /// <summary>When the data showed the newest surge that they have shown.</summary>
    public SurgeFinding? Finding { get; private set; }

    /// <summary>Watches until the load has ended or this is cancelled.</summary>
    public async Task WatchAsync(Task loading, CancellationToken cancellationToken)
    {
        var nextDisplay = TimeSpan.Zero;
        Tell($"the load begins with {_load.Plan.RateAt(TimeSpan.Zero):0} requests/s");
        while (!loading.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            TellPhase();
            var isDisplayed = _load.Elapsed >= nextDisplay;
            await LookAsync(isDisplayed);
            nextDisplay += isDisplayed ? DisplayInterval : TimeSpan.Zero;
            await Task.WhenAny(loading, Task.Delay(PollInterval, CancellationToken.None));
        }
    }

    /// <summary>Looks once, and shows it.</summary>
    public Task LookAsync() => LookAsync(isDisplayed: true);

    public void Tell(string news) => _display.Tell(_load.Elapsed, news);

    private async Task LookAsync(bool isDisplayed)
    {
        var view = await _reader.ReadAsync(CancellationToken.None);
        foreach (var crossing in _alarm.Look(view.Requests))
        {
            TellCrossing(crossing, _load.Elapsed);
            isDisplayed = true;
        }

        if (isDisplayed)
        {
            InCloudWatch = DateTimeOffset.UtcNow - _start < Retention ? await _reader.RequestsSinceAsync(_start, CancellationToken.None) : null;
            _display.Update(StateOf(view));
        }
    }

    private void TellPhase()
    {
        var elapsed = _load.Elapsed;
        var phase = _load.Plan.PhaseAt(elapsed);
        if (phase == _phase)
        {
            return;
        }

        _phase = phase;
        Tell(phase switch
        {
            LoadPhase.Surge => $"the surge begins: {_load.Plan.RateAt(elapsed):0} requests/s",
            LoadPhase.After => $"the surge ends: {_load.Plan.RateAt(elapsed):0} requests/s",
            _ => "the next round begins",
        });
    }

    private void TellCrossing(ThresholdCrossing crossing, TimeSpan visible)
    {
        _changedAt = DateTimeOffset.UtcNow;
        var average = Wording.Number(crossing.Average);
        if (!crossing.IsOver)
        {
            Tell(_load.Plan.LastSurgeEnd(visible) is { } end
                ? $"10-s average {average}, no longer over it, {Wording.Seconds(visible - end)} after the surge's end"
                : $"10-s average {average}, no longer over the threshold");
        }
        else if (_load.Plan.LastSurgeStart(visible) is { } start)
        {
            Finding = new SurgeFinding(visible - start, crossing.Average);
            Tell($"10-s average {average} crossed the threshold, {Wording.Seconds(visible - start)} after the surge began");
        }
        else
        {
            Tell($"10-s average {average} is over the threshold");
        }
    }

    private DemoState StateOf(CloudWatchView view)
    {
        var elapsed = _load.Lasted ?? _load.Elapsed;
        return new DemoState
        {
            Now = DateTimeOffset.UtcNow,
            Elapsed = elapsed,
            Phase = _load.Lasted is null ? _load.Plan.PhaseAt(elapsed) : LoadPhase.Ended,
            Rate = _load.Plan.RateAt(elapsed),
            Sent = _load.Sent,
            Answered = _load.Answered,
            InCloudWatch = InCloudWatch,
            PutCalls = _putCalls(),
            View = view,
            IsOver = _alarm.IsOver,
            Average = _alarm.Average,
            ChangedAt = _changedAt,
        };
    }
}
