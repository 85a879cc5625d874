using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>An engine with one service and a clock that the test moves.</summary>
internal sealed class Bench
{
    public static readonly ScalableTargetId Id = new("service/shop/web");
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public Bench(int count = 10, int minimum = 1, int maximum = 100, ScalingAssumptions? assumptions = null)
    {
        Service = new FakeService(count) { IsInstant = true };
        Engine = new ScalingEngine(id => id == Id ? Service : null, assumptions);
        Engine.RegisterTarget(Noon, Id, minimum, maximum);
    }

    public FakeService Service { get; }

    public ScalingEngine Engine { get; }

    public DateTimeOffset Now { get; private set; } = Noon;

    public ScalingActivity Last => Engine.Activities(Id).First();

    public static StepScalingConfiguration Steps(AdjustmentType type, int? cooldown, params (double? Lower, double? Upper, int Adjustment)[] steps) => new()
    {
        AdjustmentType = type,
        Cooldown = cooldown,
        Steps = [.. steps.Select(step => new StepAdjustment(step.Lower, step.Upper, step.Adjustment))],
    };

    public ScalingPolicy Put(string name, StepScalingConfiguration configuration) => Engine.PutPolicy(Now, Id, name, configuration);

    public Bench After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        Engine.Advance(Now);
        return this;
    }

    public int Alarm(ScalingPolicy policy, double threshold, params double[] values)
    {
        Engine.Act(Now, new AlarmSignal(policy.Arn, "alarm", threshold, values));
        Engine.Advance(Now);
        return Service.DesiredCount;
    }
}
