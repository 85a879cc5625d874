using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
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

    [Fact]
    public void What_waits_from_earlier_turns_is_the_backlog()
    {
        var pending = Create();
        Assert.False(pending.HasBacklog || pending.HasTried || pending.TryFindSuspects());
        Add(pending, 1);
        Add(pending, 2);
        Assert.False(pending.HasBacklog || pending.HasTried);
        var (newer, older) = (Take(pending), Take(pending));

        pending.PutBack(PendingPlace.Tried, older);
        Assert.True(pending.HasBacklog && pending.HasTried && !pending.TryFindSuspects());
        pending.PutBack(PendingPlace.Suspect, newer);
        Assert.True(pending.TryFindSuspects());
        Assert.True(pending.TryTakeNewest(PendingPlace.Tried, out _));

        Assert.True(pending.HasBacklog && !pending.HasTried);
        Assert.True(pending.TryTakeNewest(PendingPlace.Suspect, out var suspect));
        Assert.Equal((2L, false, false), (suspect.Sample.Second, pending.HasBacklog, pending.TryFindSuspects()));
    }

    [Fact]
    public void The_newest_group_of_suspects_that_has_data_comes_first()
    {
        var pending = Create();
        for (var i = 1; i <= 3; i++)
        {
            Add(pending, i);
            var part = Take(pending);
            pending.BeginSuspects();
            pending.PutBack(PendingPlace.Suspect, part);
        }

        pending.BeginSuspects();
        pending.BeginSuspects();

        for (var i = 3; i >= 1; i--)
        {
            Assert.True(pending.TryFindSuspects());
            Assert.True(pending.TryTakeNewest(PendingPlace.Suspect, out var part));
            Assert.Equal(i, part.Sample.Second);
            Assert.False(pending.TryTakeNewest(PendingPlace.Suspect, out _));
        }

        Assert.False(pending.TryFindSuspects());
    }

    [Fact]
    public void The_oldest_makes_room_wherever_it_waits()
    {
        var pending = new PendingSamples(3 * BytesASample, TimeSpan.MaxValue, Count, _time);
        foreach (var (second, place) in new[] { (2, PendingPlace.Tried), (1, PendingPlace.Suspect), (3, PendingPlace.Fresh) })
        {
            Add(pending, second);
            pending.PutBack(place, Take(pending));
        }

        for (var i = 0; i < 3; i++)
        {
            // First the suspect of the second 1, then the backlog of 2, then what is fresh.
            Add(pending, 4 + i);
            Assert.Equal((false, i < 1, 3), (pending.TryFindSuspects(), pending.HasTried, pending.Count));
        }

        Assert.Equal([6, 5, 4], TakeAll(pending).Select(part => part.Sample.Second));
        Assert.False(pending.HasBacklog);
        Assert.Equal(3, _dropped[DropReason.BacklogFull]);
    }

    [Fact]
    public void At_the_end_all_that_waits_is_dropped_and_counted()
    {
        var pending = Create();
        foreach (var place in Enum.GetValues<PendingPlace>())
        {
            Add(pending, (int)place);
            pending.PutBack(place, Take(pending));
        }

        Add(pending, 9);
        var inFlight = Take(pending);

        Assert.Equal(3, pending.Abandon());

        Assert.Equal((3, 1, 1), (_dropped[DropReason.Shutdown], pending.Count, pending.Data));
        pending.Release(inFlight);
        Assert.Equal(0, pending.Abandon());
    }

    [Fact]
    public void What_is_too_old_goes_when_something_new_comes()
    {
        var pending = Create(TimeSpan.FromSeconds(10));
        Add(pending, 1);
        _time.Advance(TimeSpan.FromSeconds(11));

        Add(pending, 2);

        Assert.Equal((1, 1), (pending.Count, _dropped[DropReason.Expired]));
    }

    [Fact]
    public void The_pool_gives_way_to_what_waits_and_takes_part_in_the_bound()
    {
        var pending = new PendingSamples(3 * BytesASample, TimeSpan.MaxValue, Count, _time);
        var pooled = Enumerable.Range(0, 3).Select(_ => pending.Rent()).ToList();
        pooled.ForEach(pending.Return);
        var fresh = Enumerable.Range(0, 2).Select(second => new Sample { Second = second, Signals = ScalingSignals.All }).ToList();

        fresh.ForEach(pending.Add);

        // Two wait, so there is room for one in the pool.
        var again = Enumerable.Range(0, 2).Select(_ => pending.Rent()).ToList();
        Assert.Single(again.Intersect(pooled));
        pending.Return(again[0]);
        pending.Return(again[1]);
        Assert.Single(Enumerable.Range(0, 2).Select(_ => pending.Rent()).Intersect(again));
        Assert.Empty(_dropped);
    }

    private static Part Take(PendingSamples pending)
    {
        Assert.True(pending.TryTakeNewest(PendingPlace.Fresh, out var part));
        return part;
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
