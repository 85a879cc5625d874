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
