using CsCheck;
using FastScaling.Otel.ThreadPoolQueue;

namespace FastScaling.Otel.Tests;

public class ThreadPoolProbeTests
{
    private readonly ManualTime _time = new();
    private readonly List<ThreadPoolProbe> _queue = [];

    [Fact]
    public void What_the_last_probe_waited_is_the_delay()
    {
        var probe = Create();

        Assert.Equal(TimeSpan.Zero, probe.Observe());
        _time.Advance(TimeSpan.FromMilliseconds(30));
        RunQueue();
        _time.Advance(TimeSpan.FromMilliseconds(970));

        Assert.Equal(TimeSpan.FromMilliseconds(30), probe.Observe());
    }

    [Fact]
    public void The_age_of_a_probe_that_still_waits_is_the_delay()
    {
        var probe = Create();
        probe.Observe();

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), probe.Observe());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), probe.Observe());
        Assert.Single(_queue);

        RunQueue();
        Assert.Equal(TimeSpan.FromSeconds(2), probe.Observe());
        RunQueue();
        Assert.Equal(TimeSpan.Zero, probe.Observe());
    }

    [Fact]
    public void Reading_takes_nothing_away_from_other_readers()
    {
        var probe = Create();
        probe.Observe();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        RunQueue();

        Assert.Equal([500, 500, 500], new[] { probe.Observe(), probe.Observe(), probe.Observe() }.Select(delay => delay.TotalMilliseconds));
    }

    [Fact]
    public void Never_more_than_one_probe_waits_and_no_delay_is_negative() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 3000]).Array[1, 100].Sample(steps =>
        {
            var time = new ManualTime();
            var queue = new Queue<ThreadPoolProbe>();
            var probe = new ThreadPoolProbe(time, queued =>
            {
                queue.Enqueue(queued);
                return true;
            });
            foreach (var (runs, milliseconds) in steps)
            {
                Assert.True(probe.Observe() >= TimeSpan.Zero);
                Assert.InRange(queue.Count, 0, 1);
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                if (runs && queue.TryDequeue(out var next))
                {
                    next.Execute();
                }
            }
        });

    [Fact]
    public void The_thread_pool_runs_the_probe()
    {
        var probe = new ThreadPoolProbe(TimeProvider.System);
        probe.Observe();

        Assert.True(SpinWait.SpinUntil(() => probe.Observe() > TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.True(probe.QueueLength >= 0);
    }

    private ThreadPoolProbe Create() => new(_time, probe =>
    {
        _queue.Add(probe);
        return true;
    });

    private void RunQueue()
    {
        foreach (var probe in _queue.ToArray())
        {
            _queue.Remove(probe);
            probe.Execute();
        }
    }
}
