using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using FastScaling.Lab.Costs;
using FastScaling.Lab.Live.Balancing;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Live.Tasks;
using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.Live;

/// <summary>
/// The closed loop for real: clients, load balancer, tasks in processes of their own, CloudWatch, alarms, scaling engine, and tasks again. What comes from
/// several threads meets in one lock.
/// </summary>
internal sealed class LabRun : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // Processes on a busy machine may take their time, but not for ever.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    // Of each client; as many clients as tasks.
    private const int WarmUpRequests = 12;

    private readonly Lock _lock = new();
    private readonly LabSetup _setup;
    private readonly LoadPlan _plan;
    private readonly FleetModel _model;
    private readonly Timeline _timeline = new();
    private readonly OutageWatch _outage = new();
    private readonly LabRecord? _record;
    private readonly Action<LabMoment> _told;
    private readonly ConcurrentDictionary<int, bool> _served = new();
    private readonly Stopwatch _clock = new();
    private LocalCloudWatchServer? _cloudWatch;
    private CloudWatchGate? _gate;
    private Balancer? _balancer;
    private Fleet? _fleet;
    private LoadGenerator? _load;
    private ScalingLink? _scaling;
    private DataWatch? _data;
    private DateTimeOffset _start;
    private long _forwardedBefore;
    private double _taskSeconds;
    private long _calls;
    private bool _isSlow;
    private volatile bool _hasEnded;
    private int _isDisposed;

    /// <param name="settings">What was asked for.</param>
    /// <param name="told">Told each entry of the time line; not for long.</param>
    public LabRun(LabSettings settings, Action<LabMoment> told)
    {
        Settings = settings;
        _told = told;
        _setup = new LabSetup(settings);
        _plan = new LoadPlan(settings.Traffic, settings.Assumptions.Seed);
        _model = new FleetModel(_setup.Fleet) { Changed = OnTask };
        _record = settings.Seconds is null ? null : new LabRecord();
    }

    public LabSettings Settings { get; }

    public LabSetup Setup => _setup;

    public Journal Journal { get; } = new();

    /// <summary>Tells this run from others, for pages that come back.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N")[..8];

    public Uri ServiceAddress => _balancer!.Address;

    public Uri CloudWatchAddress => _cloudWatch!.Endpoint;

    /// <summary>The processes of the tasks.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_lock)
            {
                return _fleet?.ProcessIds ?? [];
            }
        }
    }

    /// <summary>Opens the ports. No task runs yet.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var delay = _setup.Base.CloudWatch;
        var options = new LocalCloudWatchOptions
        {
            Port = Settings.CloudWatchPort,
            IngestionDelay = delay.IngestionDelayMinimum,
            IngestionDelaySpread = delay.IngestionDelayMaximum - delay.IngestionDelayMinimum,
            Seed = Settings.Assumptions.Seed,
            Received = _ => Interlocked.Increment(ref _calls),
            AlarmStateChanged = OnAlarm,
            AlarmActionInvoked = OnAction,
        };
        try
        {
            _cloudWatch = await LocalCloudWatchServer.StartAsync(options, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new IOException($"The local CloudWatch cannot listen: {exception.Message} The option is --cloudwatch-port.", exception);
        }

        _gate = await CloudWatchGate.StartAsync(_cloudWatch, cancellationToken);
        _balancer = await Balancer.StartAsync(_setup.Balancer, Settings.ServicePort, OnServed, cancellationToken);
        _load = new LoadGenerator(_balancer.Address, TimeSpan.FromSeconds(Settings.Assumptions.ClientTimeout), TimeSpan.FromMilliseconds(Settings.Assumptions.LatencyGoal));
        _fleet = new Fleet(_model, _balancer, _setup.Task(_gate.Address), TimeProvider.System, Post);
    }

    /// <summary>Starts the first tasks, and then sends load until it is cancelled or its time is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartTasksAsync(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, _setup.Base.InitialCount).Select(_ => _load!.WarmUpAsync(WarmUpRequests, cancellationToken)));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
        {
            // On a whole second, so that the seconds of the lab are those of CloudWatch.
            _start = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds() + 1);
        }

        await Task.Delay(_start - Now is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
        lock (_lock)
        {
            _clock.Start();
            _scaling = new ScalingLink(_setup.Base, _model, _start) { Logged = OnActivity };
            _forwardedBefore = _balancer!.Forwarded;
            _data = new DataWatch(_cloudWatch!.Model.Store, _setup.Requests, _start);
            foreach (var alarm in _scaling.Alarms())
            {
                _cloudWatch.Model.Alarms.Put(_start, alarm);
            }

        }

        var loading = _load!.RunAsync(Requests, _clock, end.Token);
        try
        {
            await WatchAsync(end.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is the way to end a lab.
        }
        finally
        {
            // What follows is the end of the lab and not of its tasks.
            _hasEnded = true;
            await end.CancelAsync();
            await loading;
        }
    }

    /// <summary>The run as a replay gives it; only for a run of a known length.</summary>
    public (SimulationResult Result, DateTimeOffset Start, IReadOnlyList<int> Traffic, IReadOnlyList<int> Surges)? Recorded()
    {
        lock (_lock)
        {
            if (_record is null || _scaling is null)
            {
                return null;
            }

            var (sent, served, lost, overGoal) = _load!.Totals;
            var totals = new ServiceTotals(sent, 0, served, lost, 0, sent - served - lost, overGoal);
            var surges = _record.Surges.Where(second => second < _record.Traffic.Count).ToArray();
            var settings = _setup.Model(_record.Traffic, _start, surges, Settings.Assumptions.Seed);
            var result = _record.Result(settings, totals, _model.Replaced, Interlocked.Read(ref _calls), _model.DesiredCount, _scaling.Activities);
            return (result, _start, _record.Traffic, surges);
        }
    }

    public void Surge()
    {
        lock (_lock)
        {
            if (_clock.IsRunning)
            {
                var second = (int)_clock.Elapsed.TotalSeconds + 1;
                _plan.Surge(second);
                TellSurge(second, FormattableString.Invariant($"surge now: {LoadPlan.SurgeFactor:0} times the traffic for {LoadPlan.SurgeSeconds} s"));
            }
        }
    }

    public void ToggleDependency()
    {
        lock (_lock)
        {
            _isSlow = !_isSlow;
            var given = _setup.Task(_gate!.Address).DependencyMilliseconds;
            var slow = 2 * Settings.Assumptions.ServiceTime;
            _fleet!.SetDependency(_isSlow ? slow : given);
            Tell(SimulationEventKind.Fault, FormattableString.Invariant($"the dependency takes {(_isSlow ? slow : given):0} ms"));
        }
    }

    public void ToggleCloudWatch()
    {
        lock (_lock)
        {
            _gate!.IsBroken = !_gate.IsBroken;
            if (_gate.IsBroken)
            {
                _outage.Begin(Elapsed);
            }
            else
            {
                _outage.End(Elapsed);
            }

            Tell(SimulationEventKind.Fault, _gate.IsBroken ? "CloudWatch is broken: every call is answered with 503" : "CloudWatch answers again");
        }
    }

    /// <summary>Kills tasks without warning: one, or half of those that run.</summary>
    public void Kill(bool half)
    {
        lock (_lock)
        {
            var running = _model.Tasks.Where(static task => task.IsRunning).ToArray();
            foreach (var task in running.Take(half ? (running.Length + 1) / 2 : 1))
            {
                if (_fleet!.Kill(task.Id))
                {
                    Tell(SimulationEventKind.Fault, FormattableString.Invariant($"task {task.Id} is killed"));
                }
            }
        }
    }

    /// <summary>Ends everything, the processes first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        ValueTask tasks;
        lock (_lock)
        {
            tasks = _fleet?.DisposeAsync() ?? ValueTask.CompletedTask;
        }

        await tasks;
        foreach (var part in new IAsyncDisposable?[] { _balancer, _gate, _cloudWatch })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _load?.Dispose();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private int Elapsed => (int)_clock.Elapsed.TotalSeconds;

    private async Task StartTasksAsync(CancellationToken cancellationToken)
    {
        var limit = Stopwatch.StartNew();
        lock (_lock)
        {
            _fleet!.Run(_model.Begin(Now, _setup.Base.InitialCount));
        }

        while (true)
        {
            lock (_lock)
            {
                _fleet.Advance(Now);
                if (_model.HealthyCount >= _setup.Base.InitialCount)
                {
                    _fleet.EndStart();
                    return;
                }
            }

            if (limit.Elapsed > LongestStart)
            {
                throw new IOException(FormattableString.Invariant($"The first tasks did not start within {LongestStart.TotalSeconds:0} s. {_fleet.LastError}"));
            }

            await Task.Delay(Tick, cancellationToken);
        }
    }

    private int Requests(int second)
    {
        lock (_lock)
        {
            if (_plan.IsSurge(second))
            {
                TellSurge(second, FormattableString.Invariant($"surge: the traffic rises from {_plan.Mean(Math.Max(0, second - 10), second):0} to {_plan.Mean(second, second + 5):0} requests a second"));
            }

            return _plan.Requests(second);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        for (var second = 0; Settings.Seconds is null || second < Settings.Seconds;)
        {
            await Task.Delay(Tick, cancellationToken);
            lock (_lock)
            {
                var now = Now;
                _scaling!.Advance(now);
                _fleet!.Advance(now);

                // A machine that stood still has seconds to catch up with.
                while (_clock.Elapsed.TotalSeconds >= second + 1 && (Settings.Seconds is null || second < Settings.Seconds))
                {
                    Second(second++, now);
                }
            }
        }
    }

    private void Second(int second, DateTimeOffset now)
    {
        var starting = _model.Tasks.Count(static task => task.Phase == FleetPhase.Starting);
        var forwarded = _balancer!.Forwarded - _forwardedBefore;
        _taskSeconds += _model.Tasks.Count;
        _data!.Look(now);
        if (_outage.Second(second, forwarded, _data.Between) is { } outcome)
        {
            Tell(SimulationEventKind.Fault, outcome);
        }

        var isLate = _gate!.IsBroken || _outage.IsOpen || _data.Age > 20;
        var point = new LabPoint
        {
            Second = second,
            Load = _load!.Take(),
            Concurrency = _balancer.InFlight,
            Wanted = _model.DesiredCount,
            Running = _model.RunningCount,
            Healthy = _model.HealthyCount,
            Starting = starting,
            Capacity = _model.HealthyCount * Settings.Assumptions.TaskCapacity,
            Cost = Cost(second + 1),
            Alarms = [.. _cloudWatch!.Model.Alarms.List(static _ => true).Select(static alarm => StateName(alarm.State))],
            CloudWatch = CloudWatchText(),
            IsCloudWatchBroken = _gate.IsBroken,
            IsLate = isLate,
            Received = (long)_data.Received,
            Forwarded = forwarded,
            IsDependencySlow = _isSlow,
            IsSurging = _plan.IsSurging(second),
        };
        _record?.Second(point, _setup.Base.ServiceModel.Concurrency);
        Journal.Add("second", JsonSerializer.Serialize(point, LabJson.Options));
    }

    private string CloudWatchText()
    {
        var age = _data!.Age is { } seconds ? FormattableString.Invariant($"the newest datum is {Math.Max(0, seconds):0} s old") : "no datum yet";
        return _gate!.IsBroken ? $"broken: {age}, {_gate.Refused} calls refused"
            : _outage.IsOpen ? $"answers again, the data of the outage are on their way: {age}"
            : _data.Age > 20 ? $"late: {age}"
            : age;
    }

    private double Cost(int seconds) =>
        (_taskSeconds / 3600 * _setup.Base.Prices.TaskHour)
        + (Interlocked.Read(ref _calls) / 1000.0 * _setup.Base.Prices.ThousandCalls)
        + (_setup.Replay.MonthlyFees * seconds / PriceList.SecondsPerMonth);

    private void OnAlarm(AlarmStateChange change)
    {
        // A new alarm that finds data is no news.
        if (change is { OldState: AlarmState.InsufficientData, NewState: AlarmState.Ok })
        {
            return;
        }

        lock (_lock)
        {
            Tell(SimulationEventKind.Alarm, $"{change.AlarmName}: {StateName(change.OldState)} to {StateName(change.NewState)}");
        }
    }

    private void OnAction(AlarmActionInvocation invocation)
    {
        lock (_lock)
        {
            if (_scaling?.Invoke(invocation) == true)
            {
                _record?.Detected((invocation.Time - _start).TotalSeconds);
            }
        }
    }

    private void OnActivity(ScalingActivity activity)
    {
        if (activity.IsScaled)
        {
            _record?.Scaled((activity.StartTime - _start).TotalSeconds, activity);
            Tell(SimulationEventKind.Scaling, FormattableString.Invariant($"tasks wanted: {activity.From} to {activity.To}. {activity.Cause}"), isRecorded: false);
        }
        else
        {
            Tell(SimulationEventKind.NotScaled, $"{activity.NotScaledReasons[0].Code}: {activity.Cause}");
        }
    }

    private void OnTask(DateTimeOffset now, FleetTask task, string what)
    {
        if (!_clock.IsRunning)
        {
            // The first tasks, before the run.
            return;
        }

        Tell(SimulationEventKind.Task, FormattableString.Invariant($"task {task.Id} {what}"));
        if (what == "healthy")
        {
            _record?.TaskHealthy((int)(task.LaunchedAt - _start).TotalSeconds, (now - _start).TotalSeconds);
        }
    }

    private void OnServed(int id)
    {
        if (!_served.ContainsKey(id) && _served.TryAdd(id, true))
        {
            Post(() =>
            {
                // The load balancer knew before the next look at its checks.
                _model.Checked(Now, id, isHealthy: true);
                Tell(SimulationEventKind.Task, FormattableString.Invariant($"task {id} serves its first request"));
            });
        }
    }

    private void TellSurge(int second, string text)
    {
        _record?.Surge(second);
        Tell(SimulationEventKind.Surge, text);
    }

    private void Tell(SimulationEventKind kind, string text, bool isRecorded = true)
    {
        if (_hasEnded)
        {
            return;
        }

        var moment = _timeline.Add(Math.Round(_clock.Elapsed.TotalSeconds, 1), kind, text);
        if (isRecorded)
        {
            _record?.Add(moment);
        }

        Journal.Add("moment", JsonSerializer.Serialize(moment, LabJson.Options));
        _told(moment);
    }

    private void Post(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    private static string StateName(AlarmState state) => state switch
    {
        AlarmState.Ok => "OK",
        AlarmState.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };
}
