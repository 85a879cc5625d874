namespace FastScaling.Simulations.Model;

/// <summary>Runs tasks second by second, and their calls in the order of time.</summary>
internal sealed class Fleet(IReadOnlyList<SimulatedTask> tasks, Func<int, long, long> arrivals, Quota? quota = null)
{
    /// <summary>From the call to the reply.</summary>
    public const double CallSeconds = 0.02;

    private readonly PriorityQueue<int, double> _due = new();

    /// <summary>Called for each call that was accepted: task, when, its samples.</summary>
    public Action<int, double, IReadOnlyList<(long Second, double Value)>>? OnAccepted { get; init; }

    /// <param name="second">The second that begins now: its samples are taken at its end, and calls made in the second after it.</param>
    public void Run(long second)
    {
        for (var i = 0; i < tasks.Count; i++)
        {
            if (tasks[i].Start <= second)
            {
                tasks[i].Tick(second + 1, arrivals(i, second));
                Enqueue(i, second + 1, second + 2);
            }
        }

        while (_due.TryDequeue(out var task, out var now))
        {
            if (tasks[task].TakeCall(now) is { } samples)
            {
                var isAccepted = quota?.TryTake(now) ?? true;
                if (isAccepted)
                {
                    OnAccepted?.Invoke(task, now, samples);
                }

                tasks[task].OnResult(now, isAccepted);
            }

            Enqueue(task, now, second + 2);
        }
    }

    private void Enqueue(int task, double now, double end)
    {
        // A little later than due: whether a moment of a double is due is decided in ticks.
        var next = tasks[task].NextCall(now) + 1e-6;
        if (next < end)
        {
            _due.Enqueue(task, next);
        }
    }
}
