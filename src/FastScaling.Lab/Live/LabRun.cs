using System.Collections.Concurrent;
using System.Diagnostics;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Live.Tasks;
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
    private readonly LoadPlan _plan;
    private readonly FleetModel _model;
    private readonly LabServers _servers = new();
    private readonly LabStory _story;
    private readonly LabRecord? _record;
    private readonly ConcurrentDictionary<int, bool> _served = new();
    private LabControls? _controls;
    private Fleet? _fleet;
    private ScalingLink? _scaling;
    private LabSeconds? _seconds;
    private int _isDisposed;

    /// <param name="settings">What was asked for.</param>
    /// <param name="told">Told each entry of the time line; not for long.</param>
    public LabRun(LabSettings settings, Action<LabMoment> told)
    {
        Setup = new LabSetup(settings);
        _plan = new LoadPlan(settings.Traffic, settings.Assumptions.Seed);
        _record = settings.Seconds is null ? null : new LabRecord();
        _story = new LabStory(told, _record);
        _model = new FleetModel(Setup.Fleet) { Changed = _story.Task };
    }

    public LabSettings Settings => Setup.Settings;

    public LabSetup Setup { get; }

    public Journal Journal => _story.Journal;

    /// <summary>There once the ports are open.</summary>
    public LabControls Controls => _controls!;

    /// <summary>Tells this run from others, for pages that come back.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N")[..8];

    public Uri ServiceAddress => _servers.Balancer.Address;

    public Uri CloudWatchAddress => _servers.CloudWatch.Endpoint;

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

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Opens the ports. No task runs yet.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _servers.OpenAsync(Setup, change => Post(() => _story.Alarm(change)), OnAction, OnServed, cancellationToken);
        _fleet = new Fleet(_model, _servers.Balancer, Setup.Task(_servers.Gate.Address), TimeProvider.System, Post);
        _controls = new LabControls(_lock, Setup, _servers, _model, _fleet, _plan, _story);
    }

    /// <summary>Starts the first tasks, and then sends load until it is cancelled or its time is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartTasksAsync(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Setup.Base.InitialCount).Select(_ => _servers.Load.WarmUpAsync(WarmUpRequests, cancellationToken)));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On a whole second, so that the seconds of the lab are those of CloudWatch.
        var start = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds() + 1);
        await Task.Delay(start - Now is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
        Post(() => Begin(start));
        var loading = _servers.Load.RunAsync(Requests, _story.Clock, end.Token);
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
            _story.End();
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

            var (sent, served, lost, overGoal) = _servers.Load.Totals;
            var totals = new ServiceTotals(sent, 0, served, lost, 0, sent - served - lost, overGoal);
            var surges = _record.Surges.Where(second => second < _record.Traffic.Count).ToArray();
            var settings = Setup.Model(_record.Traffic, _story.Start, surges, Settings.Assumptions.Seed);
            var result = _record.Result(settings, totals, _model.Replaced, _servers.Calls, _model.DesiredCount, _scaling.Activities);
            return (result, _story.Start, _record.Traffic, surges);
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
        await _servers.DisposeAsync();
    }

    private async Task StartTasksAsync(CancellationToken cancellationToken)
    {
        var limit = Stopwatch.StartNew();
        Post(() => _fleet!.Run(_model.Begin(Now, Setup.Base.InitialCount)));
        while (true)
        {
            lock (_lock)
            {
                _fleet!.Advance(Now);
                if (_model.HealthyCount >= Setup.Base.InitialCount)
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

    private void Begin(DateTimeOffset start)
    {
        _story.Begin(start);
        _scaling = new ScalingLink(Setup.Base, _model, start, new Random(Setup.Base.Seed), _story.Activity);
        _seconds = new LabSeconds(Setup, _servers, _model, _plan, _controls!, _story);
        foreach (var alarm in _scaling.Alarms)
        {
            _servers.CloudWatch.Model.Alarms.Put(start, alarm);
        }
    }

    private int Requests(int second)
    {
        lock (_lock)
        {
            if (_plan.IsSurge(second))
            {
                _story.Surge(second, FormattableString.Invariant($"surge: the traffic rises from {_plan.Mean(Math.Max(0, second - 10), second):0} to {_plan.Mean(second, second + 5):0} requests a second"));
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
                _scaling!.Advance(now, isPunctual: false);
                _fleet!.Advance(now);

                // A machine that stood still has seconds to catch up with.
                while (_story.Clock.Elapsed.TotalSeconds >= second + 1 && (Settings.Seconds is null || second < Settings.Seconds))
                {
                    _seconds!.End(second++, now);
                }
            }
        }
    }

    private void OnAction(AlarmActionInvocation invocation)
    {
        lock (_lock)
        {
            if (_scaling?.Invoke(invocation) == true)
            {
                _story.Detected(invocation.Time);
            }
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
                _story.Served(id);
            });
        }
    }

    private void Post(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }
}
