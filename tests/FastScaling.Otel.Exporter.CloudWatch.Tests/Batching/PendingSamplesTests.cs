using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

public class PendingSamplesTests
{
    private static readonly int BytesASample = new Sample { Signals = ScalingSignals.All }.Bytes;

    private readonly ManualTime _time = new();
    private readonly Dictionary<DropReason, int> _dropped = [];

    [Fact]
    public void The_newest_come_first_and_the_oldest_make_room_and_are_counted() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 200]).Sample((capacity, count) =>
        {
            var dropped = 0;
            var pending = new PendingSamples(capacity * BytesASample, TimeSpan.MaxValue, (_, data) => dropped += data, _time);
            for (var i = 0; i < count; i++)
            {
                Add(pending, i);
            }

            Assert.InRange(pending.Bytes, 0, capacity * BytesASample);
            Assert.Equal((Math.Min(capacity, count), Math.Min(capacity, count)), (pending.Count, pending.Data));
            var taken = TakeAll(pending);

            Assert.Equal(Enumerable.Range(0, count).Reverse().Take(capacity).Select(second => (long)second), taken.Select(part => part.Sample.Second));
            Assert.Equal(count - taken.Count, dropped);
        });

    [Fact]
    public void Samples_that_are_put_back_find_their_places_among_newer_ones() =>
        Gen.Int[1, 30].Sample(count =>
        {
            var pending = Create();
            for (var i = 0; i < count; i++)
            {
                Add(pending, i);
            }

            var inFlight = TakeAll(pending);
            Add(pending, count);
            foreach (var part in inFlight)
            {
                pending.PutBack(PendingPlace.Fresh, part);
            }

            Assert.Equal(Enumerable.Range(0, count + 1).Reverse().Select(second => (long)second), TakeAll(pending).Select(part => part.Sample.Second));
        });

    [Fact]
    public void What_is_in_flight_counts_until_it_is_released_and_makes_no_room()
    {
        var pending = new PendingSamples(2 * BytesASample, TimeSpan.MaxValue, Count, _time);
        Add(pending, 1);
        Add(pending, 2);
        var inFlight = TakeAll(pending);

        Add(pending, 3);

        Assert.Equal((2, 2L * BytesASample, 1), (pending.Count, pending.Bytes, _dropped[DropReason.BacklogFull]));
        inFlight.ForEach(pending.Release);
        Assert.Equal((0, 0, 0L), (pending.Count, pending.Data, pending.Bytes));
    }

    [Fact]
    public void What_is_too_old_is_dropped_wherever_it_waits()
    {
        var pending = Create(TimeSpan.FromSeconds(10));
        foreach (var place in Enum.GetValues<PendingPlace>())
        {
            Add(pending, (int)place);
            pending.TryTakeNewest(PendingPlace.Fresh, out var part);
            pending.PutBack(place, part);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        pending.Expire();
        Assert.Equal(3, pending.Count);

        Add(pending, 100);
        _time.Advance(TimeSpan.FromSeconds(1));
        pending.Expire();

        Assert.Equal((1, 3), (pending.Count, _dropped[DropReason.Expired]));
    }

    [Fact]
    public void A_sample_in_parts_is_free_when_the_last_part_is()
    {
        var pending = Create();
        var sample = pending.Rent();
        sample.Signals = ScalingSignals.All;
        pending.Add(sample);
        pending.TryTakeNewest(PendingPlace.Fresh, out var whole);

        var (first, rest) = pending.Split(whole, 2);
        var (second, third) = pending.Split(rest, 1);

        Assert.Equal([(0, 2), (2, 1), (3, 3)], [(first.Start, first.Count), (second.Start, second.Count), (third.Start, third.Count)]);
        pending.Release(second);
        pending.Release(first);
        Assert.Equal((1, 3), (pending.Count, pending.Data));
        Assert.NotSame(sample, pending.Rent());
        pending.Release(third);
        Assert.Equal((0, 0L), (pending.Count, pending.Bytes));
        Assert.Same(sample, pending.Rent());
    }

    [Fact]
    public void Samples_are_used_again_but_the_pool_takes_no_memory_beyond_the_bound()
    {
        var pending = new PendingSamples(2 * BytesASample, TimeSpan.MaxValue, Count, _time);
        var samples = Enumerable.Range(0, 3).Select(_ => pending.Rent()).ToList();
        samples.ForEach(pending.Return);

        var again = Enumerable.Range(0, 3).Select(_ => pending.Rent()).ToList();

        Assert.Equal(2, again.Intersect(samples).Count());
    }

    private PendingSamples Create(TimeSpan? maxAge = null) => new(1024 * 1024, maxAge ?? TimeSpan.MaxValue, Count, _time);

    private void Count(DropReason reason, int data) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + data;

    private static void Add(PendingSamples pending, long second)
    {
        var sample = pending.Rent();
        sample.Second = second;
        sample.Signals = ScalingSignals.RequestsPerSecond;
        pending.Add(sample);
    }

    private static List<Part> TakeAll(PendingSamples pending)
    {
        var parts = new List<Part>();
        while (pending.TryTakeNewest(PendingPlace.Fresh, out var part))
        {
            parts.Add(part);
        }

        return parts;
    }
}
