using CsCheck;
using FastScaling.Lab.Service;

namespace FastScaling.Lab.Tests.Service;

public sealed class ServiceModelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private enum Event
    {
        None,
        More,
        Less,
        Kill,
        Rolling,
        BlueGreen,
    }

    [Fact]
    public void Requests_are_conserved_whatever_happens() => Gen.Select(
        Gen.Int[0, 1000],
        Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 40], Gen.Enum<Event>()).Array[1, 12],
        Gen.Select(Gen.Int[1, 60], Gen.Double[0, 20], Gen.Enum<BalancerAlgorithm>(), Gen.Double[0, 1], Gen.Int[0, 3])).Sample((seed, phases, shape) =>
    {
        var (concurrency, slow, balancer, pinned, retries) = shape;
        var settings = new ServiceSettings
        {
            Concurrency = concurrency,
            Balancer = balancer,
            KeepAlivePart = pinned,
            WeightSigma = 0.3,
            MaxRetries = retries,
            StartTimeMinimum = TimeSpan.FromSeconds(2),
            StartTimeMaximum = TimeSpan.FromSeconds(20),
            UnhealthyThreshold = 2,
            DeregistrationDelay = TimeSpan.FromSeconds(5),
            BakeTime = TimeSpan.FromSeconds(5),
        };
        var model = new ServiceModel(settings, 3, seed, [new DependencyEpisode(20, 60, TimeSpan.FromSeconds(slow))]);
        foreach (var (offered, seconds, happening) in phases)
        {
            Happen(model, happening);
            for (var i = 0; i < seconds; i++)
            {
                var before = model.Totals;
                model.Step(offered);
                var totals = model.Totals;
                Assert.Equal(totals.Offered, totals.Served + totals.TimedOut + totals.Failed + totals.InFlight);
                Assert.Equal(offered, totals.Offered - totals.Retries - before.Offered + before.Retries);
                Assert.True(totals.Served >= before.Served && totals.TimedOut >= before.TimedOut && totals.Failed >= before.Failed);
            }
        }
    }, iter: Depth.Of(60));

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));

        static string Run(int seed)
        {
            var model = new ServiceModel(new ServiceSettings(), 2, seed);
            var text = new System.Text.StringBuilder();
            model.TaskChanged = (second, task, what) => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{second} {task.Id} {what}\n");
            model.SetDesiredCount(Noon, 8);
            for (var i = 0; i < 90; i++)
            {
                model.Step(700);
            }

            return text.Append(model.Totals).ToString();
        }
    }

    [Fact]
    public void Tasks_start_within_the_documented_times_and_serve_after_one_passed_check()
    {
        var model = new ServiceModel(new ServiceSettings(), 0, seed: 3);
        var healthy = new List<int>();
        model.TaskChanged = (second, _, what) => healthy.AddRange(what == "healthy" ? [second] : []);
        model.SetDesiredCount(Noon, 50);
        for (var i = 0; i < 70; i++)
        {
            model.Step(0);
        }

        Assert.Equal(50, healthy.Count);
        Assert.All(healthy, static second => Assert.InRange(second, 23, 57 + 5));
        Assert.True(healthy.Max() - healthy.Min() > 20);
    }

    [Fact]
    public void Launches_keep_to_the_burst_and_the_rate_of_the_account()
    {
        var model = new ServiceModel(new ServiceSettings(), 0, seed: 3);
        model.SetDesiredCount(Noon, 200);
        var counts = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            model.Step(0);
            counts.Add(model.Tasks.Count);
        }

        Assert.Equal([100, 120, 140, 160, 180, 200], counts);
    }

    [Fact]
    public void In_a_steady_state_concurrency_follows_littles_law()
    {
        var model = new ServiceModel(new ServiceSettings { SpeedSigma = 0, ColdRequests = 0 }, 4, seed: 1);
        var active = 0.0;
        for (var i = 0; i < 300; i++)
        {
            model.Step(400);
            active += i >= 100 ? model.Tasks.Sum(static task => task.Sample.Active) : 0;
        }

        // 400 a second, each for 50 ms.
        Assert.InRange(active / 200, 18, 22);
        Assert.Equal(0, model.Totals.TimedOut + model.Totals.Failed);
        Assert.Equal(0, model.Totals.OverGoal);
    }

    [Fact]
    public void A_saturated_task_queues_fails_its_checks_and_is_replaced()
    {
        var model = new ServiceModel(new ServiceSettings(), 2, seed: 1);
        for (var i = 0; i < 120; i++)
        {
            model.Step(2000);
        }

        Assert.True(model.Replaced > 0);
        Assert.True(model.Totals.TimedOut + model.Totals.Failed > model.Totals.Served);
    }

    [Fact]
    public void A_new_task_is_slower_at_first()
    {
        var model = new ServiceModel(new ServiceSettings { SpeedSigma = 0 }, 0, seed: 1);
        model.SetDesiredCount(Noon, 1);
        while (model.HealthyCount == 0)
        {
            model.Step(0);
        }

        model.Step(50);
        model.Step(50);
        var cold = model.Tasks[0].Sample.ResponseMilliseconds;
        for (var i = 0; i < 20; i++)
        {
            model.Step(50);
        }

        Assert.InRange(cold, 100, 200);
        Assert.InRange(model.Tasks[0].Sample.ResponseMilliseconds, 45, 60);
    }

    [Fact]
    public void Kept_connections_starve_a_new_task_until_they_are_renewed()
    {
        var settings = new ServiceSettings { KeepAlivePart = 1, KeepAliveLifetime = TimeSpan.FromSeconds(60), StartTimeMaximum = TimeSpan.FromSeconds(23) };
        var model = new ServiceModel(settings, 2, seed: 1);
        model.SetDesiredCount(Noon, 3);
        var firstHealthy = 0;
        model.TaskChanged = (second, _, what) => firstHealthy = what == "healthy" ? second : firstHealthy;
        var shares = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            model.Step(300);
            shares.Add(model.Tasks[^1].Sample.Arrivals / 300.0);
        }

        Assert.InRange(shares[firstHealthy + 5], 0, 0.1);
        Assert.InRange(shares[^1], 0.3, 0.36);
    }

    [Fact]
    public void Least_outstanding_requests_spares_a_slow_task()
    {
        var even = Slowest(BalancerAlgorithm.RoundRobin);
        var fair = Slowest(BalancerAlgorithm.LeastOutstandingRequests);

        Assert.True(fair < even, $"{fair} ms against {even} ms");

        static double Slowest(BalancerAlgorithm algorithm)
        {
            var model = new ServiceModel(new ServiceSettings { Balancer = algorithm, SpeedSigma = 0.4, HealthCheckWaits = false }, 8, seed: 2);
            for (var i = 0; i < 60; i++)
            {
                model.Step(8 * 150);
            }

            return model.Tasks.Max(static task => task.Sample.QueueDelayMilliseconds);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_deployment_replaces_every_task_and_loses_no_request(bool isBlueGreen)
    {
        var model = new ServiceModel(new ServiceSettings(), 4, seed: 1);
        for (var i = 0; i < 10; i++)
        {
            model.Step(200);
        }

        model.Deploy(isBlueGreen ? DeploymentKind.BlueGreen : DeploymentKind.Rolling);
        var fewest = int.MaxValue;
        for (var i = 0; i < 400 && model.IsDeploying; i++)
        {
            model.Step(200);
            fewest = Math.Min(fewest, model.HealthyCount);
            Assert.True(model.Tasks.Count(static task => task.Phase != TaskPhase.Draining) <= 8);
        }

        Assert.False(model.IsDeploying);
        Assert.True(fewest >= 4);
        Assert.All(model.Tasks.Where(static task => task.Phase == TaskPhase.Healthy), static task => Assert.Equal(1, task.Version));
        Assert.Equal(0, model.Totals.Failed + model.Totals.TimedOut);
    }

    private static void Happen(ServiceModel model, Event happening)
    {
        switch (happening)
        {
            case Event.More:
                model.SetDesiredCount(Noon, model.DesiredCount + 3);
                break;
            case Event.Less:
                model.SetDesiredCount(Noon, model.DesiredCount - 2);
                break;
            case Event.Kill when model.Tasks.Count > 0:
                model.Kill(model.Tasks[0].Id);
                break;
            case Event.Rolling:
                model.Deploy(DeploymentKind.Rolling);
                break;
            case Event.BlueGreen:
                model.Deploy(DeploymentKind.BlueGreen);
                break;
        }
    }
}
