using System.Diagnostics;
using System.Text.Json;
using FastScaling.Lab.Live.Tasks;
using FastScaling.Lab.Scaling;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Live;

/// <summary>What happens in a run, told to its caller and to the page, and kept for the comparison with the replay. Only the journal is thread-safe.</summary>
internal sealed class LabStory
{
    private readonly Timeline _timeline = new();
    private readonly Action<LabMoment> _told;
    private readonly LabRecord? _record;
    private volatile bool _hasEnded;

    /// <param name="told">Told each entry of the time line; not for long.</param>
    /// <param name="record">Keeps them; null when nobody compares.</param>
    public LabStory(Action<LabMoment> told, LabRecord? record)
    {
        _told = told;
        _record = record;
    }

    public Journal Journal { get; } = new();

    /// <summary>The time of the run; it stands still before its first second.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>When second 0 was.</summary>
    public DateTimeOffset Start { get; private set; }

    public void Begin(DateTimeOffset start)
    {
        Start = start;
        Clock.Start();
    }

    /// <summary>What follows is the end of the lab and not of its tasks: it is not told.</summary>
    public void End() => _hasEnded = true;

    public void Surge(int second, string text)
    {
        _record?.Surge(second);
        Tell(SimulationEventKind.Surge, text);
    }

    public void Fault(string text) => Tell(SimulationEventKind.Fault, text);

    public void Alarm(AlarmStateChange change)
    {
        // A new alarm that finds data is no news.
        if (change is not { OldState: AlarmState.InsufficientData, NewState: AlarmState.Ok })
        {
            Tell(SimulationEventKind.Alarm, $"{change.AlarmName}: {AlarmStates.Text(change.OldState)} to {AlarmStates.Text(change.NewState)}");
        }
    }

    /// <summary>An alarm has called a policy that scales out.</summary>
    public void Detected(DateTimeOffset time) => _record?.Detected((time - Start).TotalSeconds);

    public void Activity(ScalingActivity activity)
    {
        if (activity.IsScaled)
        {
            _record?.Scaled((activity.StartTime - Start).TotalSeconds, activity);
            Tell(SimulationEventKind.Scaling, FormattableString.Invariant($"tasks wanted: {activity.From} to {activity.To}. {activity.Cause}"), isRecorded: false);
        }
        else
        {
            Tell(SimulationEventKind.NotScaled, $"{activity.NotScaledReasons[0].Code}: {activity.Cause}");
        }
    }

    public void Task(DateTimeOffset now, FleetTask task, string what)
    {
        if (!Clock.IsRunning)
        {
            // The first tasks, before the run.
            return;
        }

        Tell(SimulationEventKind.Task, FormattableString.Invariant($"task {task.Id} {what}"));
        if (what == "healthy")
        {
            _record?.TaskHealthy((int)(task.LaunchedAt - Start).TotalSeconds, (now - Start).TotalSeconds);
        }
    }

    public void Served(int task) => Tell(SimulationEventKind.Task, FormattableString.Invariant($"task {task} serves its first request"));

    /// <param name="point">The second that has ended.</param>
    /// <param name="concurrency">Requests that a task works on at the same time.</param>
    public void Second(LabPoint point, int concurrency)
    {
        _record?.Second(point, concurrency);
        Journal.Add("second", JsonSerializer.Serialize(point, LabJson.Options));
    }

    private void Tell(SimulationEventKind kind, string text, bool isRecorded = true)
    {
        if (_hasEnded)
        {
            return;
        }

        var moment = _timeline.Add(Math.Round(Clock.Elapsed.TotalSeconds, 1), kind, text);
        if (isRecorded)
        {
            _record?.Add(moment);
        }

        Journal.Add("moment", JsonSerializer.Serialize(moment, LabJson.Options));
        _told(moment);
    }
}
