namespace FastScaling.Simulations.Model;

/// <summary>What a service published over a while.</summary>
/// <param name="Data">What CloudWatch got to hold.</param>
/// <param name="Calls">Calls of all tasks.</param>
/// <param name="ExtraCalls">Those of them that were made for surges.</param>
internal sealed record ServiceRun(VisibleData Data, long Calls, long ExtraCalls)
{
    /// <summary>Two seconds from acceptance to where an alarm can see it.</summary>
    public const double Ingestion = 2;

    /// <param name="publishing">How the tasks publish.</param>
    /// <param name="tasks">How many there are.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="seed">Phases and jitter.</param>
    /// <param name="arrivals">Requests that arrive at a task in a second.</param>
    public static ServiceRun Of(Publishing publishing, int tasks, int seconds, int seed, Func<int, long, long> arrivals) =>
        publishing.Options is { } options
            ? OfProduct(options, tasks, seconds, seed, arrivals)
            : OfFixed(tasks, seconds, seed, arrivals);

    private static ServiceRun OfProduct(TaskOptions options, int tasks, int seconds, int seed, Func<int, long, long> arrivals)
    {
        var data = new VisibleData(seconds);
        var random = new Random(seed);
        var all = Enumerable.Range(0, tasks).Select(_ => new SimulatedTask(options, random.Next())).ToList();
        var fleet = new Fleet(all, arrivals)
        {
            OnAccepted = (_, now, samples) =>
            {
                foreach (var (second, value) in samples)
                {
                    data.Add(second, value, now + Fleet.CallSeconds + Ingestion);
                }
            },
        };
        for (var second = 0L; second < seconds - 1; second++)
        {
            fleet.Run(second);
        }

        return new ServiceRun(data, all.Sum(task => task.Calls), all.Sum(task => task.ExtraCalls));
    }

    private static ServiceRun OfFixed(int tasks, int seconds, int seed, Func<int, long, long> arrivals)
    {
        var data = new VisibleData(seconds);
        var random = new Random(seed);
        var calls = 0L;
        for (var i = 0; i < tasks; i++)
        {
            var task = i;
            var publisher = new FixedPublisher(random.NextDouble() * 5);

            // Of the second in which a call is made, the part before it: within a second requests are spread evenly.
            var rest = 0.0;
            publisher.Run(
                seconds - 1,
                (from, to) =>
                {
                    var count = rest;
                    for (var second = (long)from; second < (long)to; second++)
                    {
                        count += second == (long)from && from > 0 ? 0 : arrivals(task, second);
                    }

                    var last = arrivals(task, (long)to);
                    var part = Math.Round(last * (to - (long)to));
                    rest = last - part;
                    return (long)(count + part);
                },
                (now, value) => data.Add((long)now, value, now + Fleet.CallSeconds + Ingestion));
            calls += publisher.Calls;
        }

        return new ServiceRun(data, calls, 0);
    }
}
