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
}
