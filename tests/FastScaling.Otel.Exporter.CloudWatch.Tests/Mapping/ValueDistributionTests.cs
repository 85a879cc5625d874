using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class ValueDistributionTests
{
    private static readonly Gen<(double Value, int Count)[]> Pairs =
        Gen.Select(Gen.Double[0, 1000], Gen.Int[1, 100]).Array[0, ValueDistribution.MaxValues].Select(pairs => pairs.OrderBy(pair => pair.Item1).ToArray());

    [Fact]
    public void A_copy_is_equal_whatever_was_there_before() =>
        Gen.Select(Pairs, Pairs).Sample((before, pairs) =>
        {
            var (source, copy) = (Of(pairs), Of(before));

            source.CopyTo(copy);

            Assert.Equal(source.Values.ToArray(), copy.Values.ToArray());
            Assert.Equal(source.Counts.ToArray(), copy.Counts.ToArray());
        });

    [Fact]
    public void A_distribution_occupies_no_more_than_its_most_values()
    {
        var distribution = Of([.. Enumerable.Range(0, ValueDistribution.MaxValues).Select(i => ((double)i, 1))]);

        Assert.Equal(ValueDistribution.MaxValues * 16, distribution.Bytes);
        Assert.InRange(Of([(1, 1)]).Bytes, 16, 16 * 16);
        Assert.Throws<InvalidOperationException>(() => distribution.Add(1000, 1));
    }

    [Fact]
    public void Equal_values_and_such_that_a_factor_makes_equal_are_one()
    {
        var distribution = Of([(0.5, 1), (0.5, 2), (1e300, 3), (1e301, 4)]);
        Assert.Equal([3L, 3, 4], distribution.Counts.ToArray());

        distribution.Scale(1000);

        Assert.Equal([500, CloudWatchValue.Clamp(1e300)], distribution.Values.ToArray());
        Assert.Equal([3L, 7], distribution.Counts.ToArray());
    }

    private static ValueDistribution Of((double Value, int Count)[] pairs)
    {
        var distribution = new ValueDistribution();
        foreach (var (value, count) in pairs)
        {
            distribution.Add(value, count);
        }

        return distribution;
    }
}
