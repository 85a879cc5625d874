using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

public sealed class PolicyValidatorTests
{
    [Theory]
    [InlineData("at least one step")]
    [InlineData("At least one of", null, null, 1)]
    [InlineData("must be less than", 10d, 10d, 1)]
    [InlineData("gap", 0d, 10d, 1, 20d, null, 2)]
    [InlineData("overlap", 0d, 10d, 1, 5d, null, 2)]
    [InlineData("At most one", 0d, null, 1, 5d, null, 2)]
    [InlineData("no MetricIntervalUpperBound", 0d, 10d, 1)]
    [InlineData("no MetricIntervalLowerBound", -10d, 0d, -1)]
    public void A_bad_set_of_steps_is_refused_with_the_reason(string reason, params object?[] numbers)
    {
        var steps = numbers.Chunk(3).Select(step => ((double?)step[0], (double?)step[1], (int)step[2]!)).ToArray();

        var error = Assert.Throws<ScalingException>(() => PolicyValidator.Validate(Bench.Steps(AdjustmentType.ChangeInCapacity, null, steps)));

        Assert.Equal("ValidationException", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_20_steps_are_refused()
    {
        var steps = Enumerable.Range(0, 21).Select(i => ((double?)i, i == 20 ? null : (double?)(i + 1), 1)).ToArray();

        Assert.Equal("LimitExceededException", Assert.Throws<ScalingException>(() => PolicyValidator.Validate(Bench.Steps(AdjustmentType.ChangeInCapacity, null, steps))).Code);
        PolicyValidator.Validate(Bench.Steps(AdjustmentType.ChangeInCapacity, null, [.. steps[..19], (19, null, 1)]));
    }

    [Fact]
    public void A_minimum_magnitude_is_only_for_percentages()
    {
        var configuration = Bench.Steps(AdjustmentType.ChangeInCapacity, null, (0, null, 1)) with { MinAdjustmentMagnitude = 1 };

        Assert.Throws<ScalingException>(() => PolicyValidator.Validate(configuration));
        PolicyValidator.Validate(configuration with { AdjustmentType = AdjustmentType.PercentChangeInCapacity });
    }

    [Fact]
    public void A_scale_in_of_everything_below_the_threshold_is_valid() =>
        PolicyValidator.Validate(Bench.Steps(AdjustmentType.ChangeInCapacity, null, (null, 0, -1)));

    [Theory]
    [InlineData("Cooldown is -1; it must be 0 or more seconds.", nameof(AdjustmentType.ChangeInCapacity), -1, null, 1)]
    [InlineData("MinAdjustmentMagnitude is 0; it must be 1 or more.", nameof(AdjustmentType.PercentChangeInCapacity), 0, 0, 1)]
    [InlineData("MinAdjustmentMagnitude may only be used with PercentChangeInCapacity, not with ExactCapacity.", nameof(AdjustmentType.ExactCapacity), 0, 1, 1)]
    [InlineData("ScalingAdjustment is -1; with ExactCapacity it must not be negative.", nameof(AdjustmentType.ExactCapacity), 0, null, -1)]
    [InlineData(null, nameof(AdjustmentType.ChangeInCapacity), 0, null, -1)]
    [InlineData(null, nameof(AdjustmentType.PercentChangeInCapacity), null, 1, -1)]
    [InlineData(null, nameof(AdjustmentType.ExactCapacity), null, null, 0)]
    public void Numbers_out_of_range_are_refused_with_the_value(string? reason, string type, int? cooldown, int? magnitude, int adjustment)
    {
        var configuration = Bench.Steps(Enum.Parse<AdjustmentType>(type), cooldown, (0, null, adjustment)) with { MinAdjustmentMagnitude = magnitude };

        Assert.Equal(reason, Record.Exception(() => PolicyValidator.Validate(configuration))?.Message);
    }

    [Theory]
    [InlineData("MetricIntervalLowerBound 10 must be less than MetricIntervalUpperBound 10.", 10d, 10d, 1)]
    [InlineData("Step adjustment intervals must not have a gap: one ends at 10 and the next begins at 20.", 20d, null, 2, 0d, 10d, 1)]
    [InlineData("Step adjustment intervals must not overlap: one ends at 10 and the next begins at 5.", 5d, null, 2, 0d, 10d, 1)]
    [InlineData("At most one step adjustment may have no MetricIntervalLowerBound.", null, 0d, -1, null, -5d, -2)]
    [InlineData("At most one step adjustment may have no MetricIntervalUpperBound.", 0d, null, 1, 5d, null, 2)]
    [InlineData("There is a step adjustment with the negative lower bound -10, so one must have no MetricIntervalLowerBound.", -10d, 0d, -1)]
    [InlineData("There is a step adjustment with the positive upper bound 10, so one must have no MetricIntervalUpperBound.", 0d, 10d, 1)]
    [InlineData(null, null, 0d, -1, 0d, null, 1)]
    [InlineData(null, null, -10d, -2, -10d, 0d, -1)]
    public void Intervals_that_do_not_join_are_refused_with_their_bounds(string? reason, params object?[] numbers)
    {
        var steps = numbers.Chunk(3).Select(step => ((double?)step[0], (double?)step[1], (int)step[2]!)).ToArray();

        var error = Record.Exception(() => PolicyValidator.Validate(Bench.Steps(AdjustmentType.ChangeInCapacity, null, steps)));

        Assert.Equal(reason, error?.Message);
    }

    [Fact]
    public void Target_tracking_has_one_metric_and_numbers_in_range()
    {
        var valid = new TargetTrackingConfiguration { TargetValue = 1e-9, PredefinedMetricType = "ECSServiceAverageMemoryUtilization", ScaleInCooldown = 0, ScaleOutCooldown = 0 };
        var own = new MetricSpecification("n", "m", [], "Average", null);
        PolicyValidator.Validate(valid);
        PolicyValidator.Validate(valid with { PredefinedMetricType = null, CustomizedMetric = own });

        foreach (var (configuration, reason) in new[]
        {
            (valid with { TargetValue = 0 }, "TargetValue"),
            (valid with { TargetValue = double.PositiveInfinity }, "TargetValue"),
            (valid with { ScaleInCooldown = -1 }, "ScaleInCooldown"),
            (valid with { ScaleOutCooldown = -1 }, "ScaleOutCooldown"),
            (valid with { CustomizedMetric = own }, "Exactly one"),
            (valid with { PredefinedMetricType = null }, "Exactly one"),
            (valid with { PredefinedMetricType = "ALBRequestCountPerTarget" }, "'ALBRequestCountPerTarget' is not modelled"),
        })
        {
            Assert.Contains(reason, Assert.Throws<ScalingException>(() => PolicyValidator.Validate(configuration)).Message, StringComparison.Ordinal);
        }
    }
}
