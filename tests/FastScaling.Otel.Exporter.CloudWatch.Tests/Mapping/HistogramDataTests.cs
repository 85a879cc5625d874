using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class HistogramDataTests
{
    private static readonly double[] Bounds = [1, 2];

    [Theory]
    [InlineData(5, 5, 1, 3)]
    [InlineData(1, 3, 5, 5)]
    [InlineData(1, 5, 2, 3)]
    [InlineData(2, 3, 1, 5)]
    public void Minimum_and_maximum_of_two_are_the_outermost_of_both(double min, double max, double otherMin, double otherMax)
    {
        var (data, other) = (new HistogramData(), new HistogramData());
        data.Load(Bounds, [1, 1, 1], 10, min, max);
        other.Load(Bounds, [1, 1, 1], 10, otherMin, otherMax);

        Assert.True(data.TryAdd(other));

        Assert.Equal((Math.Min(min, otherMin), Math.Max(max, otherMax), true), (data.Min, data.Max, data.HasExtremes));
    }

    [Fact]
    public void Minimum_and_maximum_are_not_known_when_those_of_one_are_not()
    {
        var (data, other) = (new HistogramData(), new HistogramData());
        data.Load(Bounds, [1, 1, 1], 10, 1, 5);
        other.Load(Bounds, [1, 1, 1], 10, double.NaN, double.NaN);

        Assert.True(data.TryAdd(other));

        Assert.Equal((double.NaN, double.NaN, false), (data.Min, data.Max, data.HasExtremes));
    }

    [Fact]
    public void What_is_cleared_is_as_new()
    {
        var data = new HistogramData();
        data.Load(Bounds, [1, 1, 1], 10, 1, 5);

        data.Clear();

        Assert.Equal((0, 0.0, double.NaN, double.NaN, false), (data.Count, data.Sum, data.Min, data.Max, data.HasExtremes));
        var result = new ValueDistribution();
        data.Map(new HistogramMapping(), 0, result);
        Assert.True(result.IsEmpty);
    }

    [Fact]
    public void A_copy_is_of_one_kind_whatever_was_there_before()
    {
        var (data, copy) = (new HistogramData(), new HistogramData());
        copy.Load(Bounds, [7, 7, 7], 100, 1, 50);
        data.Load([3], [2, 0], 4, 1, 3);

        data.CopyTo(copy);

        Assert.Equal((2, 4.0, 1.0, 3.0, true), (copy.Count, copy.Sum, copy.Min, copy.Max, copy.HasExtremes));
        Assert.True(copy.TrySubtract(data));
        Assert.Equal(0, copy.Count);
    }
}
