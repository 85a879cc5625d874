using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

public class PendingSamplesTests
{
    [Fact]
    public void The_newest_come_first_and_the_oldest_make_room_and_are_counted() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 200]).Sample((capacity, count) =>
        {
            var dropped = 0;
            var pending = new PendingSamples(capacity, data => dropped += data);
            for (var i = 0; i < count; i++)
            {
                Add(pending, i);
            }

            var taken = TakeAll(pending);

            Assert.Equal(Math.Min(capacity, count), taken.Count);
            Assert.Equal(Enumerable.Range(0, count).Reverse().Take(capacity).Select(second => (long)second), taken);
            Assert.Equal(count - taken.Count, dropped);
        });

    [Fact]
    public void Samples_that_are_put_back_find_their_places_among_newer_ones() =>
        Gen.Int[1, 30].Sample(count =>
        {
            var pending = new PendingSamples(1000, _ => Assert.Fail("There is room."));
            for (var i = 0; i < count; i++)
            {
                Add(pending, i);
            }

            var inFlight = TakeAll(pending);
            Add(pending, count);
            foreach (var second in inFlight)
            {
                Add(pending, second);
            }

            Assert.Equal(Enumerable.Range(0, count + 1).Reverse().Select(second => (long)second), TakeAll(pending));
        });

    [Fact]
    public void Samples_are_used_again()
    {
        var pending = new PendingSamples(10, _ => { });
        var sample = pending.Rent();
        pending.Return(sample);

        Assert.Same(sample, pending.Rent());
    }

    private static void Add(PendingSamples pending, long second)
    {
        var sample = pending.Rent();
        sample.Second = second;
        sample.Signals = ScalingSignals.RequestsPerSecond;
        pending.Add(sample);
    }

    private static List<long> TakeAll(PendingSamples pending)
    {
        var seconds = new List<long>();
        while (pending.TakeNewest() is { } sample)
        {
            seconds.Add(sample.Second);
        }

        return seconds;
    }
}
