using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

public class PartListTests
{
    /// <summary>Parts of five samples, in any order.</summary>
    private static readonly Gen<(int Second, int Start)[]> Parts = Gen.Shuffle(
        Enumerable.Range(0, 5).SelectMany(sample => Enumerable.Range(0, 3).Select(start => (sample, start))).ToArray());

    [Fact]
    public void Parts_come_out_newest_first_and_those_of_one_sample_in_their_order() => Parts.Sample(parts =>
    {
        var list = Fill(parts);
        Assert.Equal((15, 0L), (list.Count, list.Oldest.Sample.Second));

        var taken = new List<Part>();
        while (list.TryTakeNewest(out var part))
        {
            taken.Add(part);
        }

        Assert.Equal([4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0], taken.Select(part => (int)part.Sample.Second));
        Assert.All(taken.Chunk(3), sample => Assert.Equal([0, 1, 2], sample.Select(part => part.Start)));
        Assert.Equal(0, list.Count);
    });

    [Fact]
    public void The_oldest_can_be_taken_too() => Parts.Sample(parts =>
    {
        var list = Fill(parts);

        var taken = Enumerable.Range(0, 15).Select(_ => list.TakeOldest().Sample.Second).ToList();

        Assert.Equal(taken.Order(), taken);
        Assert.Equal(0, list.Count);
        Assert.False(list.TryTakeNewest(out var none));
        Assert.Equal(default, none);
    });

    [Fact]
    public void What_was_added_before_a_time_is_handed_over_and_the_rest_keeps_its_order()
    {
        var list = new PartList();
        foreach (var (second, addedAt) in new[] { (1, 5), (2, 20), (3, 9), (4, 10), (5, 30) })
        {
            list.Add(new Part(new Sample { Second = second, AddedAt = TimeSpan.FromSeconds(addedAt) }, 0, 1));
        }

        var expired = new List<long>();
        list.Expire(TimeSpan.FromSeconds(10), part => expired.Add(part.Sample.Second));

        Assert.Equal([1, 3], expired);
        Assert.Equal([2, 4, 5], Enumerable.Range(0, list.Count).Select(_ => list.TakeOldest().Sample.Second));
    }

    private static PartList Fill((int Second, int Start)[] parts)
    {
        var samples = Enumerable.Range(0, 5).Select(second => new Sample { Second = second }).ToArray();
        var list = new PartList();
        foreach (var (second, start) in parts)
        {
            list.Add(new Part(samples[second], start, 1));
        }

        return list;
    }
}
