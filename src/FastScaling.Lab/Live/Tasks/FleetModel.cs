using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>
/// The tasks of the live service: how many there are to be, and where each is in its life. A state machine over (now, event) without process,
/// socket or clock: what it wants done comes out of <see cref="Advance"/>.
/// </summary>
internal sealed class FleetModel : IScalableService
{
    private readonly List<FleetTask> _tasks = [];
    private readonly FleetSettings _settings;
    private readonly Random _random;
    private int _lastId;
    private int _failures;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    public FleetModel(FleetSettings settings)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
    }

    /// <summary>Told what happened to a task, in a word.</summary>
    public Action<DateTimeOffset, FleetTask, string>? Changed { get; set; }

    /// <summary>In the order of their launch.</summary>
    public IReadOnlyList<FleetTask> Tasks => _tasks;

    public int DesiredCount { get; private set; }

    public int RunningCount => _tasks.Count(static task => task.IsRunning);

    public int HealthyCount => _tasks.Count(static task => task.Phase == FleetPhase.Healthy);

    /// <summary>Tasks that were replaced because they failed health checks.</summary>
    public int Replaced { get; private set; }

    public bool IsDeploying => false;

    public void SetDesiredCount(DateTimeOffset now, int desiredCount) => DesiredCount = Math.Clamp(desiredCount, 0, _settings.MaxTasks);

    /// <summary>The tasks that are there before the first request: they start as fast as they can.</summary>
    public IReadOnlyList<FleetOrder> Begin(DateTimeOffset now, int count)
    {
        SetDesiredCount(now, count);
        return [.. Enumerable.Range(0, DesiredCount).Select(_ => Launch(now, TimeSpan.Zero))];
    }

    /// <summary>The process of a task listens.</summary>
    public void Listens(int id, int port)
    {
        if (Find(id) is { Phase: FleetPhase.Starting } task)
        {
            task.Port = port;
        }
    }

    /// <summary>What the load balancer thinks of a task.</summary>
    public void Checked(DateTimeOffset now, int id, bool isHealthy)
    {
        var task = Find(id);
        if (task?.Phase == FleetPhase.Registered && isHealthy)
        {
            task.Phase = FleetPhase.Healthy;
            _failures = 0;
            Changed?.Invoke(now, task, "healthy");
        }
        else if (task?.Phase == FleetPhase.Healthy && !isHealthy)
        {
            // As ECS does: a task that fails its health checks is stopped, and another started.
            Replaced++;
            task.Phase = FleetPhase.Draining;
            task.Until = now;
            Changed?.Invoke(now, task, "unhealthy");
        }
    }

    /// <summary>The process of a task has ended, as it should or not.</summary>
    public IReadOnlyList<FleetOrder> Exited(DateTimeOffset now, int id)
    {
        if (Find(id) is not { } task)
        {
            return [];
        }

        _tasks.Remove(task);
        if (task.Phase == FleetPhase.Starting)
        {
            // What cannot start is tried again ever more seldom, at most every 30 s.
            _notBefore = now + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(5, _failures++)));
        }

        Changed?.Invoke(now, task, task.Phase == FleetPhase.Stopping ? "stopped" : "died");
        return task.Phase is FleetPhase.Registered or FleetPhase.Healthy ? [new FleetOrder(FleetOrderKind.Deregister, task)] : [];
    }

    /// <summary>What is to be done by now.</summary>
    public IReadOnlyList<FleetOrder> Advance(DateTimeOffset now)
    {
        var orders = new List<FleetOrder>();
        var active = _tasks.Count(static task => task.IsActive);

        // Tasks that drain or stop are processes too: a laptop has room for so many.
        for (; active < DesiredCount && now >= _notBefore && _tasks.Count < 2 * _settings.MaxTasks; active++)
        {
            orders.Add(Launch(now, _settings.StartTimeMinimum + ((_settings.StartTimeMaximum - _settings.StartTimeMinimum) * _random.NextDouble())));
        }

        for (; active > DesiredCount; active--)
        {
            // First what serves nobody yet, then the newest.
            var victim = _tasks.Where(static task => task.IsActive).OrderBy(static task => task.Phase).ThenByDescending(static task => task.Id).First();
            Drain(now, victim);
        }

        foreach (var task in _tasks)
        {
            Move(now, task, orders);
        }

        return orders;
    }

    private void Move(DateTimeOffset now, FleetTask task, List<FleetOrder> orders)
    {
        switch (task.Phase)
        {
            case FleetPhase.Starting when task.Port is not null && now >= task.StartsAt:
                task.Phase = FleetPhase.Registered;
                orders.Add(new FleetOrder(FleetOrderKind.Register, task));
                Changed?.Invoke(now, task, "running");
                break;
            case FleetPhase.Starting when task.Port is null && now >= task.LaunchedAt + _settings.LaunchTime:
                orders.Add(new FleetOrder(FleetOrderKind.Kill, task));
                break;
            case FleetPhase.Draining:
                orders.Add(new FleetOrder(FleetOrderKind.Deregister, task));
                if (now >= task.Until)
                {
                    task.Phase = FleetPhase.Stopping;
                    task.Until = now + _settings.StopTime;
                    orders.Add(new FleetOrder(FleetOrderKind.Stop, task));
                }

                break;
            case FleetPhase.Stopping when now >= task.Until:
                orders.Add(new FleetOrder(FleetOrderKind.Kill, task));
                break;
            default:
                break;
        }
    }

    private FleetOrder Launch(DateTimeOffset now, TimeSpan start)
    {
        var task = new FleetTask { Id = ++_lastId, LaunchedAt = now, StartsAt = now + start };
        _tasks.Add(task);
        Changed?.Invoke(now, task, "starting");
        return new FleetOrder(FleetOrderKind.Launch, task);
    }

    private void Drain(DateTimeOffset now, FleetTask task)
    {
        // A task that serves nobody has nothing to end.
        task.Until = task.Phase == FleetPhase.Healthy ? now + _settings.DrainTime : now;
        task.Phase = FleetPhase.Draining;
        Changed?.Invoke(now, task, "draining");
    }

    private FleetTask? Find(int id) => _tasks.Find(task => task.Id == id);
}
