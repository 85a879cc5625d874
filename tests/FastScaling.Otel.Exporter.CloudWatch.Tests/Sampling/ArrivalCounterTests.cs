using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Sampling;

public class ArrivalCounterTests
{
    [Fact]
    public void Requests_that_stay_in_flight_have_arrived()
    {
        var counter = new ArrivalCounter();

        Assert.Equal(300, counter.Next(ended: 60, active: 240));
        Assert.Equal(300, counter.Next(ended: 60, active: 480));
        Assert.Equal(0, counter.Next(ended: 60, active: 420));
    }

    [Fact]
    public void A_request_that_is_between_its_two_instruments_is_counted_once()
    {
        var counter = new ArrivalCounter();

        Assert.Equal(1, counter.Next(ended: 0, active: 1));
        Assert.Equal(0, counter.Next(ended: 0, active: 0)); // Has left the one, not yet reached the other.
        Assert.Equal(0, counter.Next(ended: 1, active: 0));
        Assert.Equal(2, counter.Next(ended: 2, active: 0));
    }

    [Fact]
    public void Requests_that_end_uncounted_do_not_hide_arrivals_for_long()
    {
        var counter = new ArrivalCounter();
        Assert.Equal(5000, counter.Next(ended: 0, active: 5000));
        Assert.Equal(0, counter.Next(ended: 0, active: 0)); // 5,000 connections whose metrics are disabled break.

        long seen = 0;
        for (var i = 0; i < 10; i++)
        {
            seen += counter.Next(ended: 100, active: 0);
        }

        Assert.True(seen >= 100 * (10 - ArrivalCounter.DebtLifetime), $"{seen} of 1000 arrivals were seen.");
    }

    /// <summary>
    /// Requests start and end at random, and readings fall anywhere: between the two instruments of a request, and
    /// with an older value of the one than of the other.
    /// </summary>
    [Fact]
    public void The_sum_is_what_arrived_and_no_reading_is_negative() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 3]).Array[1, 100].Sample(steps =>
        {
            var counter = new ArrivalCounter();
            long active = 0, ended = 0, endedRead = 0, arrived = 0, seen = 0;
            foreach (var (starts, ends, between, late) in steps)
            {
                arrived += starts;
                active += starts;
                var ending = Math.Min(ends, active);
                active -= ending;
                var notYetCounted = Math.Min(between, ending);
                ended += ending - notYetCounted;

                // The durations are read a moment before the requests in flight: some that end in between are in neither.
                var missed = Math.Min(late, ended - endedRead);
                var next = counter.Next(ended - missed - endedRead, active);
                Assert.True(next >= 0);
                seen += next;
                endedRead = ended - missed;
                ended += notYetCounted;
            }

            seen += counter.Next(ended - endedRead, active);
            Assert.Equal(arrived, seen);
        });
}
