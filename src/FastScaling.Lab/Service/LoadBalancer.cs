namespace FastScaling.Lab.Service;

/// <summary>Spreads the requests of a second over tasks, in whole numbers.</summary>
internal sealed class LoadBalancer
{
    private readonly ServiceSettings _settings;
    private double[] _parts = new double[16];
    private int _next;

    public LoadBalancer(ServiceSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Fills <paramref name="counts"/> so that they add up to <paramref name="requests"/>. There must be a task.</summary>
    public void Spread(int requests, IReadOnlyList<ServiceTask> tasks, Span<int> counts)
    {
        if (_parts.Length < tasks.Count)
        {
            _parts = new double[tasks.Count * 2];
        }

        var parts = _parts.AsSpan(0, tasks.Count);
        if (_settings.Balancer == BalancerAlgorithm.LeastOutstandingRequests)
        {
            FillUp(requests, tasks, parts);
        }
        else
        {
            Weigh(requests, tasks, parts);
        }

        Round(requests, parts, counts);
    }

    /// <summary>Connections end and are made anew: the pinned shares move towards even ones.</summary>
    public void Reconnect(IReadOnlyList<ServiceTask> tasks)
    {
        if (_settings.KeepAlivePart == 0 || tasks.Count == 0)
        {
            return;
        }

        var total = 0.0;
        foreach (var task in tasks)
        {
            total += task.PinnedShare;
        }

        var even = 1.0 / tasks.Count;
        var renewed = 1 - Math.Exp(-1 / _settings.KeepAliveLifetime.TotalSeconds);
        foreach (var task in tasks)
        {
            // What was pinned to tasks that are gone is spread at once.
            var share = total > 0 ? task.PinnedShare / total : even;
            task.PinnedShare = share + (renewed * (even - share));
        }
    }

    private void Weigh(int requests, IReadOnlyList<ServiceTask> tasks, Span<double> parts)
    {
        var weights = 0.0;
        foreach (var task in tasks)
        {
            weights += task.Weight;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var share = ((1 - _settings.KeepAlivePart) * tasks[i].Weight / weights) + (_settings.KeepAlivePart * tasks[i].PinnedShare);
            parts[i] = requests * share;
        }
    }

    // Water into vessels: up to the same level, none is emptied.
    private static void FillUp(int requests, IReadOnlyList<ServiceTask> tasks, Span<double> parts)
    {
        var low = double.MaxValue;
        var sum = 0.0;
        foreach (var task in tasks)
        {
            low = Math.Min(low, task.InFlight);
            sum += task.InFlight;
        }

        var high = low + requests;
        for (var round = 0; round < 40 && high - low > 0.01; round++)
        {
            var level = (low + high) / 2;
            var filled = 0.0;
            foreach (var task in tasks)
            {
                filled += Math.Max(0, level - task.InFlight);
            }

            (low, high) = filled > requests ? (low, level) : (level, high);
        }

        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Math.Max(0, low - tasks[i].InFlight);
        }
    }

    private void Round(int requests, ReadOnlySpan<double> parts, Span<int> counts)
    {
        var left = requests;
        for (var i = 0; i < parts.Length; i++)
        {
            counts[i] = Math.Min(left, (int)parts[i]);
            left -= counts[i];
        }

        // The rest goes round from where it stopped the last time.
        while (left > 0)
        {
            _next = (_next + 1) % parts.Length;
            var share = Math.Max(1, left / (parts.Length * 2));
            counts[_next] += share;
            left -= share;
        }
    }
}
