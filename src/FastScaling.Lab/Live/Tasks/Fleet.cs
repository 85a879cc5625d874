using FastScaling.Lab.Live.Balancing;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>Carries out what the model of the fleet wants: processes, and the load balancer's list. Its caller must not let calls overlap.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    // The last samples of a task have two seconds, its requests one more.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(4);

    private readonly Dictionary<int, TaskProcess> _processes = [];
    private readonly FleetModel _model;
    private readonly Balancer _balancer;
    private readonly TaskSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Action<Action> _post;
    private readonly Dictionary<int, Uri> _registered = [];
    private double _dependency;
    private bool _isEnding;

    /// <param name="model">What decides.</param>
    /// <param name="balancer">Where tasks are registered.</param>
    /// <param name="settings">Of each task.</param>
    /// <param name="clock">When tasks exit.</param>
    /// <param name="post">Runs what came from another thread when no other call runs.</param>
    public Fleet(FleetModel model, Balancer balancer, TaskSettings settings, TimeProvider clock, Action<Action> post)
    {
        _model = model;
        _balancer = balancer;
        _settings = settings;
        _clock = clock;
        _post = post;
        _dependency = settings.DependencyMilliseconds;
    }

    /// <summary>The ids of the processes that run.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _processes.Values.Select(static process => process.ProcessId)];

    /// <summary>The last error of a task that died, for a person; empty when there was none.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Looks at the load balancer's checks, and does what is due.</summary>
    public void Advance(DateTimeOffset now)
    {
        foreach (var (id, isHealthy) in _balancer.Checks())
        {
            _model.Checked(now, id, isHealthy);
        }

        Run(_model.Advance(now));
    }

    /// <summary>From now on targets are checked at the template's interval.</summary>
    public void EndStart()
    {
        _balancer.IsStarting = false;
        _balancer.Update(_registered);
    }

    public void Run(IReadOnlyList<FleetOrder> orders)
    {
        var isChanged = false;
        foreach (var (kind, task) in orders)
        {
            var process = _processes.GetValueOrDefault(task.Id);
            switch (kind)
            {
                case FleetOrderKind.Launch:
                    Launch(task);
                    break;
                case FleetOrderKind.Register:
                    _registered[task.Id] = new Uri(FormattableString.Invariant($"http://127.0.0.1:{task.Port}"));
                    isChanged = true;
                    break;
                case FleetOrderKind.Deregister:
                    isChanged |= _registered.Remove(task.Id);
                    break;
                case FleetOrderKind.Stop:
                    process?.Stop();
                    break;
                default:
                    process?.Kill();
                    break;
            }
        }

        if (isChanged)
        {
            _balancer.Update(_registered);
        }
    }

    /// <summary>Ends the process of a task without warning. False when there is no such task.</summary>
    public bool Kill(int id)
    {
        if (!_processes.TryGetValue(id, out var process))
        {
            return false;
        }

        process.Kill();
        return true;
    }

    public void SetDependency(double milliseconds)
    {
        _dependency = milliseconds;
        foreach (var process in _processes.Values)
        {
            process.SetDependency(milliseconds);
        }
    }

    /// <summary>Ends all tasks: those that do not end by themselves are killed. Only what comes before its first wait must not overlap with other calls.</summary>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        TaskProcess[] processes = [.. _processes.Values];
        foreach (var process in processes)
        {
            process.Stop();
        }

        await Task.WhenAll(processes.Select(static process => process.WaitAsync(EndTime)));
        foreach (var process in processes)
        {
            process.Dispose();
        }
    }

    private void Launch(FleetTask task)
    {
        var process = TaskProcess.Start(
            _settings with { DependencyMilliseconds = _dependency },
            port => _post(() => _model.Listens(task.Id, port)),
            ended => _post(() => Exited(task.Id, ended)));
        _processes.Add(task.Id, process);
    }

    private void Exited(int id, TaskProcess process)
    {
        if (_isEnding)
        {
            // Whoever ends the fleet waits for the process, and lets go of it.
            return;
        }

        if (process.LastError.Length > 0)
        {
            LastError = process.LastError;
        }

        _processes.Remove(id);
        process.Dispose();
        Run(_model.Exited(_clock.GetUtcNow(), id));
    }
}
