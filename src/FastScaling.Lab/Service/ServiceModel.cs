using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Service;

/// <summary>
/// An ECS service behind a load balancer, in steps of a second: launches, health checks, requests, retries, deployments. Deterministic for
/// a seed. Requests are conserved: <see cref="ServiceTotals"/>.
/// </summary>
internal sealed class ServiceModel : IScalableService
{
    private readonly ServiceSettings _settings;
    private readonly DependencyModel _dependency;
    private readonly LoadBalancer _balancer;
    private readonly LaunchLimiter _limiter;
    private readonly LatencyShape _shape;
    private readonly Random _random;
    private readonly List<ServiceTask> _tasks = [];
    private readonly List<ServiceTask> _reachable = [];
    private readonly Clients _clients;
    private readonly Deployment _deployment;
    private int _second = -1;
    private int _lastId;

    public ServiceModel(ServiceSettings settings, int desiredCount, int seed, IReadOnlyList<DependencyEpisode>? episodes = null)
    {
        _settings = settings;
        _dependency = new DependencyModel(settings, episodes ?? []);
        _balancer = new LoadBalancer(settings);
        _clients = new Clients(settings, _balancer);
        _limiter = new LaunchLimiter(settings);
        _shape = new LatencyShape(settings.LatencySigma);
        _random = new Random(seed);
        _deployment = new Deployment(settings);
        DesiredCount = desiredCount;

        // The simulation begins with a fleet that has long been running.
        for (var i = 0; i < desiredCount; i++)
        {
            var task = Launch(0, startSeconds: 0);
            task.Warm();
            task.PinnedShare = 1.0 / desiredCount;
        }
    }

    /// <summary>Told of each task that is launched, becomes healthy, is taken out or stops: (second, task, what).</summary>
    public Action<int, ServiceTask, string>? TaskChanged { get; set; }

    /// <summary>Those that are not gone.</summary>
    public IReadOnlyList<ServiceTask> Tasks => _tasks;

    public LatencyShape Shape => _shape;

    public int DesiredCount { get; private set; }

    /// <summary>During a deployment at most the desired count: that AWS then counts old and new tasks as one is not documented, and would double every percentage.</summary>
    public int RunningCount
    {
        get
        {
            var running = Count(static task => task.Phase is TaskPhase.Registered or TaskPhase.Healthy);
            return IsDeploying ? Math.Min(running, DesiredCount) : running;
        }
    }

    public int HealthyCount => Count(static task => task.Phase == TaskPhase.Healthy);

    public bool IsDeploying => _deployment.IsActive;

    /// <summary>Tasks replaced because they failed their health checks.</summary>
    public int Replaced { get; private set; }

    public ServiceTotals Totals
    {
        get
        {
            var inFlight = 0L;
            foreach (var task in _tasks)
            {
                inFlight += task.InFlight;
            }

            return _clients.Totals(inFlight);
        }
    }

    public void SetDesiredCount(DateTimeOffset now, int desiredCount) => DesiredCount = Math.Max(0, desiredCount);

    /// <summary>Requests a second that one warm task can serve with the dependency as it is then.</summary>
    public double CapacityOfTask(int second) => Math.Min(
        _settings.RequestsPerSecondOfCpu,
        _settings.Concurrency / (_settings.ServiceTime.TotalSeconds + _dependency.LatencyAt(second)));

    /// <summary>Begins to replace all tasks by ones of a new version.</summary>
    public void Deploy(DeploymentKind kind) => _deployment.Begin(kind);

    /// <summary>Ends a task without warning, as a failure of its host does. Does nothing when it has gone.</summary>
    public void Kill(int taskId)
    {
        if (_tasks.Find(task => task.Id == taskId) is { } task)
        {
            task.Kill(_clients.Outcomes);
            _tasks.Remove(task);
            Changed(task, "killed");
            _clients.Settle(_second);
        }
    }

    /// <summary>Lets one second pass in which this many requests are sent by clients, retries not counted.</summary>
    public void Step(int offered)
    {
        _second++;
        _limiter.Refill(_second);
        Register();
        Check();
        _deployment.Step(_second, _tasks, DesiredCount, Drain);
        Reconcile();
        FindReachable();
        _balancer.Reconnect(_reachable);
        _clients.Send(_second, offered, _reachable);
        Work();
        Stop();
        _clients.Settle(_second);
    }

    private void Work()
    {
        var dependency = _dependency.LatencyAt(_second);

        // Those that can be reached are in the order of all.
        var next = 0;
        foreach (var task in _tasks)
        {
            var arrivals = next < _reachable.Count && _reachable[next] == task ? _clients.Arrivals[next++] : 0;
            if (task.Phase != TaskPhase.Starting)
            {
                task.Work(_second, arrivals, dependency, _shape, _clients.Outcomes);
            }
        }
    }

    private void Register()
    {
        foreach (var task in _tasks)
        {
            if (task.Phase == TaskPhase.Starting && task.StartsAt <= _second)
            {
                task.Phase = TaskPhase.Registered;
                Changed(task, "running");
            }
        }
    }

    private void Check()
    {
        foreach (var task in _tasks)
        {
            if (task.Phase is not (TaskPhase.Registered or TaskPhase.Healthy))
            {
                continue;
            }

            var before = task.Phase;
            if (HealthChecks.Run(_settings, task, _second))
            {
                Replaced++;
                Changed(task, "unhealthy");
                Drain(task);
            }
            else if (before != task.Phase)
            {
                Changed(task, "healthy");
            }
        }
    }

    private void Reconcile()
    {
        for (var version = Math.Max(0, _deployment.Version - 1); version <= _deployment.Version; version++)
        {
            var missing = _deployment.Missing(_tasks, version, DesiredCount);
            for (; missing > 0 && _limiter.TryTake(); missing--)
            {
                var range = _settings.StartTimeMaximum - _settings.StartTimeMinimum;
                Launch(version, (_settings.StartTimeMinimum + (range * _random.NextDouble())).TotalSeconds);
            }

            for (; missing < 0 && !_deployment.IsActive; missing++)
            {
                // Those that do not serve yet first, then the oldest; ECS documents only that it balances zones.
                var victim = _tasks.FindLast(static task => task.Phase == TaskPhase.Starting)
                    ?? _tasks.FindLast(static task => task.Phase == TaskPhase.Registered)
                    ?? _tasks.Find(static task => task.Phase == TaskPhase.Healthy)!;
                Drain(victim);
            }
        }
    }

    private ServiceTask Launch(int version, double startSeconds)
    {
        var speed = Math.Exp(_settings.SpeedSigma * Normal());
        var weight = Math.Exp(_settings.WeightSigma * Normal());
        var phase = _random.Next(Math.Max(1, (int)_settings.HealthCheckInterval.TotalSeconds));
        var task = new ServiceTask(++_lastId, version, _settings, speed, weight, startSeconds, Math.Max(0, _second), phase);
        _tasks.Add(task);
        Changed(task, "launched");
        return task;
    }

    private void Drain(ServiceTask task)
    {
        task.Phase = task.Phase is TaskPhase.Starting ? TaskPhase.Stopped : TaskPhase.Draining;
        task.DrainingSince = _second;
        Changed(task, "draining");
    }

    private void FindReachable()
    {
        _reachable.Clear();
        foreach (var task in _tasks)
        {
            if (task.Phase == TaskPhase.Healthy && _deployment.GetsTraffic(task))
            {
                _reachable.Add(task);
            }
        }
    }

    private void Stop()
    {
        foreach (var task in _tasks)
        {
            if (task.Phase == TaskPhase.Draining && (task.InFlight == 0 || _second - task.DrainingSince >= _settings.DeregistrationDelay.TotalSeconds))
            {
                task.Kill(_clients.Outcomes);
                Changed(task, "stopped");
            }
        }

        _tasks.RemoveAll(static task => task.Phase == TaskPhase.Stopped);
    }

    private int Count(Func<ServiceTask, bool> filter)
    {
        var count = 0;
        foreach (var task in _tasks)
        {
            count += filter(task) ? 1 : 0;
        }

        return count;
    }

    private void Changed(ServiceTask task, string what) => TaskChanged?.Invoke(_second, task, what);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
