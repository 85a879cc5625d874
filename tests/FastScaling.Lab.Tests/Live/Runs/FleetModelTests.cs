using CsCheck;
using FastScaling.Lab.Live.Tasks;

namespace FastScaling.Lab.Tests.Live.Runs;

/// <summary>The tasks of the live lab as a state machine: no process is started here.</summary>
public sealed class FleetModelTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private static readonly FleetSettings Settings = new()
    {
        StartTimeMinimum = TimeSpan.FromSeconds(3),
        StartTimeMaximum = TimeSpan.FromSeconds(7),
        DrainTime = TimeSpan.FromSeconds(4),
        MaxTasks = 6,
    };

    [Fact]
    public void A_new_task_gets_requests_when_its_start_time_is_over_and_it_has_passed_a_health_check()
    {
        var model = new FleetModel(Settings);
        model.SetDesiredCount(Start, 1);
        var task = Assert.Single(model.Advance(Start)).Task;
        model.Listens(task.Id, 4711);

        Assert.Empty(model.Advance(Start.AddSeconds(2.9)));
        var order = Assert.Single(model.Advance(Start.AddSeconds(7)));
        Assert.Equal((FleetOrderKind.Register, 4711), (order.Kind, task.Port));
        Assert.Equal((1, 0), (model.RunningCount, model.HealthyCount));
        model.Checked(Start.AddSeconds(8), task.Id, isHealthy: true);
        Assert.Equal(1, model.HealthyCount);
    }

    [Fact]
    public void A_task_that_dies_or_fails_its_checks_is_replaced()
    {
        var model = new FleetModel(Settings);
        model.Begin(Start, 2);
        Listen(model);
        model.Advance(Start);
        Pass(model, Start);
        Assert.Equal(FleetOrderKind.Deregister, Assert.Single(model.Exited(Start, 1)).Kind);
        Assert.Contains(model.Advance(Start), static order => order is { Kind: FleetOrderKind.Launch, Task.Id: 3 });

        model.Checked(Start, 2, isHealthy: false);
        Assert.Equal([FleetOrderKind.Launch, FleetOrderKind.Deregister, FleetOrderKind.Stop], model.Advance(Start).Select(static order => order.Kind));
        Assert.Equal(1, model.Replaced);
    }

    [Fact]
    public void What_cannot_start_is_tried_again_ever_more_seldom()
    {
        var model = new FleetModel(Settings);
        model.SetDesiredCount(Start, 1);
        var launches = new List<int>();
        for (var second = 0; second < 120; second++)
        {
            foreach (var order in model.Advance(Start.AddSeconds(second)))
            {
                launches.Add(second);
                model.Exited(Start.AddSeconds(second), order.Task.Id);
            }
        }

        Assert.Equal([0, 1, 3, 7, 15, 31, 61, 91], launches);
    }

    [Fact]
    public void Whatever_happens_there_are_never_too_many_processes_and_in_the_end_there_are_as_many_as_wanted()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 12], Gen.Int[0, 8]);
        step.List[0, 60].Sample(steps =>
        {
            var model = new FleetModel(Settings);
            var processes = new HashSet<int>();
            var now = Start;
            foreach (var (what, id, count) in steps)
            {
                now = now.AddSeconds(1);
                switch (what)
                {
                    case 0:
                        model.SetDesiredCount(now, count);
                        break;
                    case 1 when processes.Contains(id):
                        model.Listens(id, 1000 + id);
                        break;
                    case 2:
                        model.Checked(now, id, isHealthy: true);
                        break;
                    case 3:
                        model.Checked(now, id, isHealthy: false);
                        break;
                    case 4 when processes.Remove(id):
                        model.Exited(now, id);
                        break;
                    default:
                        break;
                }

                Run(model, processes, now);
                Assert.InRange(processes.Count, 0, 2 * Settings.MaxTasks);
            }

            // Then nothing fails any more.
            for (var second = 0; second < 200; second++)
            {
                now = now.AddSeconds(1);
                Listen(model);
                Pass(model, now);
                Run(model, processes, now);
            }

            Assert.Equal(model.DesiredCount, model.HealthyCount);
            Assert.Equal(model.DesiredCount, processes.Count);
        });
    }

    private static void Listen(FleetModel model)
    {
        foreach (var task in model.Tasks.ToArray())
        {
            model.Listens(task.Id, 1000 + task.Id);
        }
    }

    private static void Pass(FleetModel model, DateTimeOffset now)
    {
        foreach (var task in model.Tasks.ToArray())
        {
            model.Checked(now, task.Id, isHealthy: true);
        }
    }

    // As the shell does, with processes that obey at once.
    private static void Run(FleetModel model, HashSet<int> processes, DateTimeOffset now)
    {
        foreach (var (kind, task) in model.Advance(now))
        {
            if (kind == FleetOrderKind.Launch)
            {
                Assert.True(processes.Add(task.Id));
            }
            else if (kind is FleetOrderKind.Stop or FleetOrderKind.Kill && processes.Remove(task.Id))
            {
                model.Exited(now, task.Id);
            }
        }
    }
}
