namespace FastScaling.Lab.Service;

/// <summary>
/// One task: requests wait in a queue, are started as processor and concurrency allow, and end a service time later. Whole requests, in steps
/// of a second; within a second starts are spread evenly.
/// </summary>
internal sealed class ServiceTask
{
    // Longer than any service time that is modelled, in seconds.
    private const int Horizon = 1024;
    private const int LongestService = Horizon - 2;

    private readonly ServiceSettings _settings;
    private readonly CohortQueue _waiting = new();
    private readonly Completions[] _ending = new Completions[Horizon];
    private readonly double _speed;
    private double _cpuCredit;
    private double _slotCredit;
    private double _splitCredit;
    private long _started;

    public ServiceTask(int id, int version, ServiceSettings settings, double speed, double weight, double startSeconds, int launchedAt, int healthCheckPhase)
    {
        Id = id;
        Version = version;
        _settings = settings;
        _speed = speed;
        Weight = weight;
        LaunchedAt = launchedAt;
        StartsAt = launchedAt + startSeconds;
        HealthCheckPhase = healthCheckPhase;
    }

    public int Id { get; }

    public int Version { get; }

    public TaskPhase Phase { get; set; }

    public int LaunchedAt { get; }

    /// <summary>When it runs, in seconds.</summary>
    public double StartsAt { get; }

    public int HealthCheckPhase { get; }

    /// <summary>Its share in the spreading, relative to the others.</summary>
    public double Weight { get; }

    /// <summary>Its part of the connections that clients keep open.</summary>
    public double PinnedShare { get; set; }

    public int FailedChecks { get; set; }

    public int DrainingSince { get; set; }

    public int InService { get; private set; }

    public int Waiting => _waiting.Count;

    public int InFlight => InService + _waiting.Count;

    /// <summary>Whether a request has ever come.</summary>
    public bool HasWorked { get; private set; }

    /// <summary>Of the last second.</summary>
    public TaskSample Sample { get; private set; }

    /// <summary>How long a request that comes now waits, in seconds, going by what was started in the last second.</summary>
    public double WaitEstimate { get; private set; }

    /// <summary>Makes it a task that has long been running.</summary>
    public void Warm()
    {
        _started = _settings.ColdRequests;
        HasWorked = true;
        Phase = TaskPhase.Healthy;
    }

    public void Arrive(int second, int attempt, int count)
    {
        _waiting.Add(new Cohort(second, attempt, count));
        HasWorked |= count > 0;
    }

    /// <summary>Works for one second.</summary>
    /// <param name="second">Its start.</param>
    /// <param name="arrivals">What came in it, already in the queue.</param>
    /// <param name="dependencySeconds">Latency of the dependency now.</param>
    /// <param name="shape">How latencies spread.</param>
    /// <param name="outcomes">Takes what ended.</param>
    public void Work(int second, int arrivals, double dependencySeconds, LatencyShape shape, Outcomes outcomes)
    {
        GiveUp(second, outcomes);
        var cold = _started < _settings.ColdRequests ? _settings.ColdFactor : 1;
        var cpuRate = _settings.RequestsPerSecondOfCpu * _speed / cold;
        var service = Math.Min((_settings.ServiceTime.TotalSeconds * cold) + dependencySeconds, LongestService);

        // Of an idle second at most one second's worth of processor is left over.
        _cpuCredit = Math.Min(_cpuCredit + cpuRate, Math.Max(1, cpuRate) + 1);
        var freeSlots = _settings.Concurrency - InService + _ending[second % Horizon].Count;
        _slotCredit = Math.Min(_slotCredit, 1) + (Math.Max(0, freeSlots) * Math.Max(1, 1 / service));
        var startable = (int)Math.Min(_cpuCredit, _slotCredit);
        var started = Start(second, startable, Math.Max(1, Math.Min(cpuRate, _slotCredit)), cpuRate, service);
        _cpuCredit -= started;
        _slotCredit -= started;
        _started += started;

        ref var ended = ref _ending[second % Horizon];
        var completed = ended.Count;
        var mean = completed == 0 ? 0 : ended.LatencySum / completed;
        End(ref ended, mean, shape, outcomes);

        WaitEstimate = _waiting.Count == 0 ? 0 : _waiting.Count / Math.Max(0.01, started);
        var queueDelay = _waiting.IsEmpty ? 0 : Math.Max(second + 1 - _waiting.First.Second - 1, WaitEstimate);
        Sample = new TaskSample(
            second, arrivals, completed, mean * 1000, InFlight, Math.Max(_settings.BalancerConnections, InFlight), _waiting.Count, queueDelay * 1000,
            Math.Min(100, 100 * started / cpuRate));
    }

    /// <summary>Ends everything at once: the task is gone.</summary>
    public void Kill(Outcomes outcomes)
    {
        while (!_waiting.IsEmpty)
        {
            var first = _waiting.First;
            outcomes.Fail(first.Attempt, first.Count);
            _waiting.TakeFirst(first.Count);
        }

        foreach (ref var ending in _ending.AsSpan())
        {
            for (var attempt = 0; ending.Count > 0 && attempt < Completions.Attempts; attempt++)
            {
                outcomes.Fail(attempt, ending.All(attempt));
            }

            ending = default;
        }

        InService = 0;
        Phase = TaskPhase.Stopped;
    }

    // A client that has waited too long hangs up, and the server forgets its request.
    private void GiveUp(int second, Outcomes outcomes)
    {
        while (!_waiting.IsEmpty && second - _waiting.First.Second >= _settings.ClientTimeout.TotalSeconds)
        {
            var first = _waiting.First;
            outcomes.TimeOut(first.Attempt, first.Count);
            _waiting.TakeFirst(first.Count);
        }
    }

    private int Start(int second, int startable, double rate, double cpuRate, double service)
    {
        var started = 0;
        while (started < startable && !_waiting.IsEmpty)
        {
            var first = _waiting.First;
            var count = Math.Min(first.Count, startable - started);
            _waiting.TakeFirst(count);
            var age = second - first.Second;

            // Within the second: those before it, or, without a backlog, the short queue that any load has (M/D/1).
            var load = Math.Min(0.98, count / cpuRate);
            var wait = age > 0 ? age - 0.5 + (started + (count / 2.0)) / rate : load / (2 * (1 - load) * cpuRate);
            Schedule(second, first.Attempt, count, Math.Max(0, wait) + service, service);
            started += count;
        }

        return started;
    }

    private void Schedule(int second, int attempt, int count, double latency, double service)
    {
        var isLate = latency > _settings.ClientTimeout.TotalSeconds;
        var whole = (int)service;
        _splitCredit += count * (service - whole);
        var later = Math.Min(count, (int)_splitCredit);
        _splitCredit -= later;
        _ending[(second + whole) % Horizon].Add(attempt, isLate, count - later, latency);
        _ending[(second + whole + 1) % Horizon].Add(attempt, isLate, later, latency);
        InService += count;
    }

    private void End(ref Completions ended, double mean, LatencyShape shape, Outcomes outcomes)
    {
        if (ended.Count == 0)
        {
            return;
        }

        InService -= ended.Count;
        outcomes.Served += ended.Served;
        outcomes.OverGoal += ended.Served * shape.PartAbove(_settings.LatencyGoal.TotalSeconds / Math.Max(1e-9, mean));
        for (var attempt = 0; attempt < Completions.Attempts; attempt++)
        {
            outcomes.TimeOut(attempt, ended.Late(attempt));
        }

        ended = default;
    }
}
