namespace FastScaling.Lab.Service;

/// <summary>The clients of a service: what they send in a second, what becomes of it, and what they try again. No request is lost from sight: <see cref="ServiceTotals"/>.</summary>
internal sealed class Clients
{
    private readonly ServiceSettings _settings;
    private readonly LoadBalancer _balancer;
    private readonly Dictionary<int, int[]> _retries = [];
    private int[] _arrivals = new int[16];
    private long _offered;
    private long _retried;
    private long _served;
    private long _timedOut;
    private long _failed;
    private double _overGoal;

    public Clients(ServiceSettings settings, LoadBalancer balancer)
    {
        _settings = settings;
        _balancer = balancer;
    }

    /// <summary>Takes what becomes of requests, until <see cref="Settle"/>.</summary>
    public Outcomes Outcomes { get; } = new();

    /// <summary>What the last <see cref="Send(int, int, IReadOnlyList{ServiceTask})"/> sent to each of its tasks, in their order.</summary>
    public ReadOnlySpan<int> Arrivals => _arrivals;

    public ServiceTotals Totals(long inFlight) => new(_offered, _retried, _served, _timedOut, _failed, inFlight, _overGoal);

    /// <summary>Sends the requests of a second, and those that are due for another try.</summary>
    /// <param name="second">Which.</param>
    /// <param name="offered">First tries.</param>
    /// <param name="reachable">The tasks that get traffic; without one all requests fail.</param>
    public void Send(int second, int offered, IReadOnlyList<ServiceTask> reachable)
    {
        if (_arrivals.Length < reachable.Count)
        {
            _arrivals = new int[reachable.Count * 2];
        }

        _arrivals.AsSpan().Clear();
        Send(second, 0, offered, reachable);
        if (_retries.Remove(second, out var retries))
        {
            for (var attempt = 1; attempt < Completions.Attempts; attempt++)
            {
                _retried += retries[attempt];
                Send(second, attempt, retries[attempt], reachable);
            }
        }
    }

    /// <summary>Counts what has become of requests, and plans further tries.</summary>
    public void Settle(int second)
    {
        _served += Outcomes.Served;
        _timedOut += Outcomes.TimedOut;
        _failed += Outcomes.Failed;
        _overGoal += Outcomes.OverGoal;
        for (var attempt = 0; attempt < Math.Min(_settings.MaxRetries, Completions.Attempts - 1); attempt++)
        {
            if (Outcomes.Unlucky[attempt] > 0)
            {
                var due = second + Math.Max(1, (int)_settings.RetryDelay.TotalSeconds);
                if (!_retries.TryGetValue(due, out var counts))
                {
                    _retries.Add(due, counts = new int[Completions.Attempts]);
                }

                counts[attempt + 1] += Outcomes.Unlucky[attempt];
            }
        }

        Outcomes.Clear();
    }

    private void Send(int second, int attempt, int count, IReadOnlyList<ServiceTask> reachable)
    {
        _offered += count;
        if (count == 0)
        {
            return;
        }

        if (reachable.Count == 0)
        {
            Outcomes.Fail(attempt, count);
            return;
        }

        Span<int> counts = reachable.Count <= 256 ? stackalloc int[reachable.Count] : new int[reachable.Count];
        _balancer.Spread(count, reachable, counts);
        for (var i = 0; i < counts.Length; i++)
        {
            reachable[i].Arrive(second, attempt, counts[i]);
            _arrivals[i] += counts[i];
        }
    }
}
