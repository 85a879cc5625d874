using CsCheck;
using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>Whatever alarms come, and however slowly tasks start.</summary>
public sealed class ScalingEnginePropertyTests
{
    private static readonly Gen<(int Seconds, int Policy, double Metric, int Started)[]> Events =
        Gen.Select(Gen.Int[1, 90], Gen.Int[0, 2], Gen.Double[0, 400], Gen.Int[0, 3]).Array[0, 60];

    private static readonly Gen<(int Minimum, int Maximum, int Count)> Limits =
        Gen.Select(Gen.Int[0, 5], Gen.Int[5, 40], Gen.Int[0, 60]);

    [Fact]
    public void Capacity_stays_within_the_limits_always() => Gen.Select(Limits, Events).Sample((limits, events) =>
    {
        Run(limits, events, static (service, limits) => Assert.InRange(service.DesiredCount, limits.Minimum, limits.Maximum));
    });

    [Fact]
    public void There_is_no_scale_in_during_the_cooldown_of_another() => Gen.Select(Limits, Events).Sample((limits, events) =>
    {
        var (activities, _) = Run(limits, events);
        DateTimeOffset? until = null;
        foreach (var activity in activities.Where(activity => activity.IsScaled && activity.PolicyArn is not null))
        {
            if (activity.To > activity.From)
            {
                until = null;
                continue;
            }

            Assert.False(activity.StartTime < until, $"scale-in at {activity.StartTime} in a cooldown until {until}");

            // The cooldown is at least as long as stated: it begins when the activity is fulfilled.
            until = activity.StartTime.AddSeconds(30);
        }
    });

    [Fact]
    public void A_scale_out_never_lowers_and_a_scale_in_never_raises() => Gen.Select(Limits, Events).Sample((limits, events) =>
    {
        var (activities, _) = Run(limits, events);
        foreach (var activity in activities.Where(activity => activity.IsScaled && activity.PolicyArn is not null))
        {
            Assert.Equal(activity.Cause.Contains("policy in", StringComparison.Ordinal), activity.To < activity.From);
        }
    });

    [Fact]
    public void The_same_events_give_the_same_log() => Gen.Select(Limits, Events).Sample((limits, events) =>
        Assert.Equal(Run(limits, events).Activities.Select(Text), Run(limits, events).Activities.Select(Text)));

    private static string Text(ScalingActivity activity) => $"{activity.Id} {activity.StartTime:O} {activity.EndTime:O} {activity.From} {activity.To} {activity.Status} {activity.Cause}";

    private static (IReadOnlyList<ScalingActivity> Activities, FakeService Service) Run(
        (int Minimum, int Maximum, int Count) limits,
        (int Seconds, int Policy, double Metric, int Started)[] events,
        Action<FakeService, (int Minimum, int Maximum, int Count)>? check = null)
    {
        var bench = new Bench(limits.Count, limits.Minimum, limits.Maximum);
        bench.Service.IsInstant = false;
        ScalingPolicy[] policies =
        [
            bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 20, (0, 50, 1), (50, 100, 2), (100, null, 4))),
            bench.Put("out percent", Bench.Steps(AdjustmentType.PercentChangeInCapacity, 60, (0, null, 50)) with { MinAdjustmentMagnitude = 2 }),
            bench.Put("in", Bench.Steps(AdjustmentType.ChangeInCapacity, 30, (null, 0, -2))),
        ];
        foreach (var (seconds, policy, metric, started) in events)
        {
            var missing = bench.Service.DesiredCount - bench.Service.RunningCount;
            bench.Service.RunningCount += missing < 0 ? missing : Math.Min(missing, started);
            bench.After(seconds);
            bench.Alarm(policies[policy], 100, metric);
            check?.Invoke(bench.Service, limits);
        }

        return ([.. bench.Engine.Activities(Bench.Id).Reverse()], bench.Service);
    }
}
