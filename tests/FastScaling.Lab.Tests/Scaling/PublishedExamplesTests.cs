using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>The examples of the Application Auto Scaling user guide, with its numbers.</summary>
public sealed class PublishedExamplesTests
{
    // Scale-out in steps of 0, 10 and 30 percent, scale-in of 0, -10 and -30 percent, threshold 50.
    private static readonly StepScalingConfiguration Out =
        Bench.Steps(AdjustmentType.PercentChangeInCapacity, 0, (0, 10, 0), (10, 20, 10), (20, null, 30));

    private static readonly StepScalingConfiguration In =
        Bench.Steps(AdjustmentType.PercentChangeInCapacity, 0, (-10, 0, 0), (-20, -10, -10), (null, -20, -30));

    [Fact]
    public void Step_adjustments_lead_from_10_to_11_to_14_to_13_to_10()
    {
        var bench = new Bench(count: 10);
        var scaleOut = bench.Put("out", Out);
        var scaleIn = bench.Put("in", In);

        Assert.Equal(11, bench.After(60).Alarm(scaleOut, 50, 60));
        Assert.Equal(14, bench.After(60).Alarm(scaleOut, 50, 70));
        Assert.Equal(13, bench.After(60).Alarm(scaleIn, 50, 40));
        Assert.Equal(10, bench.After(60).Alarm(scaleIn, 50, 30));
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(59.999, 0)]
    [InlineData(60, 10)]
    [InlineData(69.999, 10)]
    [InlineData(70, 30)]
    public void Above_the_threshold_the_lower_bound_belongs_to_the_step(double metric, int adjustment) =>
        Assert.Equal(adjustment, Out.Find(metric - 50)!.ScalingAdjustment);

    [Theory]
    [InlineData(50, 0)]
    [InlineData(40.001, 0)]
    [InlineData(40, -10)]
    [InlineData(30.001, -10)]
    [InlineData(30, -30)]
    public void Below_the_threshold_the_upper_bound_belongs_to_the_step(double metric, int adjustment) =>
        Assert.Equal(adjustment, In.Find(metric - 50)!.ScalingAdjustment);

    [Theory]
    [InlineData(127, 10, 139)] // 12.7 is 12
    [InlineData(67, 1, 68)] // 0.67 is 1
    [InlineData(58, -1, 57)] // -0.58 is -1
    [InlineData(667, -1, 661)] // -6.67 is -6
    public void Percentages_are_rounded_as_the_guide_says(int capacity, int percent, int expected)
    {
        var configuration = Bench.Steps(AdjustmentType.PercentChangeInCapacity, 0, (0, null, percent));

        Assert.Equal(expected, configuration.Apply(configuration.Steps[0], capacity));
    }

    [Fact]
    public void A_quarter_of_four_with_a_minimum_magnitude_of_two_adds_two()
    {
        var configuration = Bench.Steps(AdjustmentType.PercentChangeInCapacity, 0, (0, null, 25)) with { MinAdjustmentMagnitude = 2 };

        Assert.Equal(6, configuration.Apply(configuration.Steps[0], 4));
    }

    [Fact]
    public void A_step_of_three_in_the_cooldown_of_a_step_of_two_adds_one()
    {
        var bench = new Bench(count: 10);
        var policy = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 300, (0, 10, 2), (10, null, 3)));

        Assert.Equal(12, bench.Alarm(policy, 50, 55));
        Assert.Equal(12, bench.After(60).Alarm(policy, 50, 55));
        Assert.Equal(NotScaledReason.Cooldown, bench.Last.NotScaledReasons.Single().Code);
        Assert.Equal(13, bench.After(60).Alarm(policy, 50, 65));
        Assert.Equal(13, bench.After(299).Alarm(policy, 50, 65));
        Assert.Equal(16, bench.After(2).Alarm(policy, 50, 65));
    }

    [Fact]
    public void A_scale_in_waits_for_its_cooldown_and_a_scale_out_ends_it()
    {
        var bench = new Bench(count: 10);
        var scaleIn = bench.Put("in", Bench.Steps(AdjustmentType.ChangeInCapacity, null, (null, 0, -1)));
        var scaleOut = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 0, (0, null, 1)));

        Assert.Equal(9, bench.Alarm(scaleIn, 50, 20));
        Assert.Equal(9, bench.After(299).Alarm(scaleIn, 50, 20));
        Assert.Equal(10, bench.Alarm(scaleOut, 50, 70));
        Assert.Equal(9, bench.After(1).Alarm(scaleIn, 50, 20));
    }
}
