using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class BucketValuesTests
{
    /// <summary>Buckets one above the other: what lies between it and the last one, its width, how many recordings it holds.</summary>
    private static readonly Gen<(double Gap, double Width, int Count)[]> Buckets =
        Gen.Select(Gen.Double[0, 3], Gen.OneOf(Gen.Double[0, 0.5], Gen.Double[0, 20]), Gen.Int[0, 1000]).Array[1, 12];

    [Fact]
    public void The_sum_is_met_and_every_value_stays_in_its_bucket() =>
        Gen.Select(Buckets, Gen.Double[0, 1], Gen.Double[0, 1], Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Const(0.125))).Sample((buckets, from, to, step) =>
        {
            var (lower, upper, counts, values) = (new double[buckets.Length], new double[buckets.Length], new long[buckets.Length], new double[buckets.Length]);
            var (end, least, most) = (0.0, 0.0, 0.0);
            for (var i = 0; i < buckets.Length; i++)
            {
                lower[i] = end + buckets[i].Gap;
                end = upper[i] = lower[i] + buckets[i].Width;
                counts[i] = buckets[i].Count;
                values[i] = lower[i] + (from * buckets[i].Width);
                least += lower[i] * counts[i];
                most += upper[i] * counts[i];
            }

            var sum = least + (to * (most - least));
            new BucketValues(buckets.Length, lower, upper, counts, values).Meet(sum, step);

            Assert.Equal(sum, values.Zip(counts).Sum(pair => pair.First * pair.Second), tolerance: 1e-9 * (1 + most));
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.InRange(values[i], lower[i], upper[i]));
        });

    [Theory]
    [InlineData(0.2, new[] { 0.0, 1, 2 })]
    [InlineData(0.5, null)]
    [InlineData(0.8, new[] { 1.0, 2, 3 })]
    public void All_values_but_that_of_the_widest_bucket_are_rounded_and_on_its_bounds_too(double fraction, double[]? rounded)
    {
        // The narrow buckets lie between two wider ones, of which the first is the widest, and the last the highest.
        double[] lower = [-100, 0, 1, 2, 1000];
        double[] upper = [0, 1, 2, 3, 1003];
        double[] values = [-50, 0.5, 1.5, 2.5, 1001.5];
        long[] counts = [10, 1, 1, 1, 1];
        var (least, most) = (-1000 + 0 + 1 + 2 + 1000, 0 + 1 + 2 + 3 + 1003);
        var sum = least + (fraction * (most - least));

        new BucketValues(5, lower, upper, counts, values).Meet(sum, step: 1);

        Assert.Equal(sum, values.Zip(counts).Sum(pair => pair.First * pair.Second), tolerance: 1e-9);
        Assert.All(values[1..], value => Assert.Equal(Math.Round(value), value));
        Assert.Equal(rounded ?? values[1..4], values[1..4]);
    }

    [Theory]
    [InlineData(0, 0.625, 0.75, 0)]
    [InlineData(9, 9.375, 9.25, 10)]
    public void What_rounding_changed_may_move_a_value_to_the_bound_of_its_bucket(double lowerOfNarrow, double inNarrow, double inWide, double bound)
    {
        double[] lower = [lowerOfNarrow, 0];
        double[] upper = [lowerOfNarrow + 1, 10];
        double[] values = [inNarrow, inWide];
        long[] counts = [16, 8];

        new BucketValues(2, lower, upper, counts, values).Meet((16 * inNarrow) + (8 * inWide), step: 1);

        Assert.Equal([Math.Round(inNarrow), bound], values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Buckets_without_recordings_or_without_width_are_no_obstacle(double step)
    {
        double[] lower = [0, 5, 6];
        double[] upper = [0, 5, 8];
        double[] values = [0, 5, 7];
        long[] counts = [3, 2, 0];

        new BucketValues(3, lower, upper, counts, values).Meet(10, step);

        Assert.Equal([0, 5], values[..2]);
        Assert.InRange(values[2], 6, 8);

        double[] zeros = [0];
        new BucketValues(1, [0], [0], [4], zeros).Meet(0, step);
        Assert.Equal([0.0], zeros);
    }

    [Fact]
    public void Buckets_narrower_than_the_step_still_meet_the_sum()
    {
        // Each value is rounded up, and no single bucket has room to take that back.
        double[] lower = [0.6, 1.6, 2.6, 3.6];
        double[] upper = [1.1, 2.1, 3.1, 4.1];
        double[] values = [0.6, 1.6, 2.6, 3.6];
        long[] counts = [10, 10, 10, 10];

        new BucketValues(4, lower, upper, counts, values).Meet(84, step: 1);

        Assert.Equal(84, values.Zip(counts).Sum(pair => pair.First * pair.Second), tolerance: 1e-9);
        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(values[i], lower[i], upper[i]));
    }
}
