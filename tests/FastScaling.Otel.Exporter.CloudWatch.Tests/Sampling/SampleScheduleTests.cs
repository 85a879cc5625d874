using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Sampling;

public class SampleScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1_795_000_000);

    private static ClockReading At(TimeSpan now, TimeSpan ahead = default) => new(now - Start, now + ahead);

    [Fact]
    public void A_collection_on_time_covers_the_second_that_has_just_ended()
    {
        var schedule = new SampleSchedule(Second, At(Start + TimeSpan.FromSeconds(0.7)));

        Assert.Equal(TimeSpan.FromSeconds(0.3), schedule.UntilDue(At(Start + TimeSpan.FromSeconds(0.7))));

        var range = schedule.Take(At(Start + TimeSpan.FromSeconds(1.002)));

        Assert.Equal((1_795_000_000, 1, 0), (range.First, range.Count, range.Gap));
        Assert.Equal(TimeSpan.FromSeconds(0.002), range.Lateness);
    }

    [Fact]
    public void Nothing_is_covered_before_the_second_has_ended()
    {
        var schedule = new SampleSchedule(Second, At(Start));

        Assert.Equal(0, schedule.Take(At(Start + TimeSpan.FromSeconds(0.999))).Count);
        Assert.Equal(1, schedule.Take(At(Start + TimeSpan.FromSeconds(1))).Count);
        Assert.Equal(0, schedule.Take(At(Start + TimeSpan.FromSeconds(1.5))).Count);
    }

    [Fact]
    public void The_last_collection_covers_the_second_in_progress()
    {
        var schedule = new SampleSchedule(Second, At(Start));
        _ = schedule.Take(At(Start + TimeSpan.FromSeconds(1.001)));

        var last = schedule.TakeLast(At(Start + TimeSpan.FromSeconds(1.4)));

        Assert.Equal((1_795_000_001, 1), (last.First, last.Count));
    }

    [Fact]
    public void A_collection_after_a_long_suspension_leaves_a_counted_gap()
    {
        var schedule = new SampleSchedule(Second, At(Start));

        var range = schedule.Take(At(Start + TimeSpan.FromSeconds(3600.5)));

        Assert.Equal(60, range.Count);
        Assert.Equal(3540, range.Gap);
        Assert.Equal(1_795_000_000 + 3540, range.First);
        Assert.Equal(TimeSpan.FromSeconds(3599.5), range.Lateness);
    }

    [Fact]
    public void A_clock_that_is_set_back_repeats_no_second_and_what_came_meanwhile_is_shared_out()
    {
        var schedule = new SampleSchedule(Second, At(Start));
        for (var i = 1; i <= 10; i++)
        {
            _ = schedule.Take(At(Start + TimeSpan.FromSeconds(i)));
        }

        var setBack = TimeSpan.FromSeconds(-5);
        for (var i = 11; i <= 15; i++)
        {
            Assert.Equal(0, schedule.Take(At(Start + TimeSpan.FromSeconds(i), setBack)).Count);
        }

        var range = schedule.Take(At(Start + TimeSpan.FromSeconds(16), setBack));

        Assert.Equal((1_795_000_010, 1, 5), (range.First, range.Count, range.Held));
    }

    [Fact]
    public void A_clock_that_is_set_back_to_before_the_start_has_samples_at_once()
    {
        var schedule = new SampleSchedule(Second, At(Start));
        _ = schedule.Take(At(Start + TimeSpan.FromSeconds(1)));
        var setBack = TimeSpan.FromHours(-1);

        var range = schedule.Take(At(Start + TimeSpan.FromSeconds(2), setBack));

        Assert.Equal((1_795_000_001 - 3600, 1, 0), (range.First, range.Count, range.Held));
    }

    [Fact]
    public void A_second_has_not_ended_a_tenth_of_a_microsecond_before_its_end()
    {
        var schedule = new SampleSchedule(Second, At(Start));

        var range = schedule.Take(At(Start + Second - new TimeSpan(1)));

        Assert.Equal(0, range.Count);
    }

    [Fact]
    public void A_clock_that_jumps_ahead_makes_no_samples_for_time_that_did_not_pass()
    {
        var schedule = new SampleSchedule(Second, At(Start));
        _ = schedule.Take(At(Start + TimeSpan.FromSeconds(1)));

        var range = schedule.Take(At(Start + TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)));

        Assert.Equal((1_795_000_001 + 3600, 1, 0), (range.First, range.Count, range.Gap));
    }

    [Fact]
    public void Whatever_the_wall_clock_does_there_is_at_most_one_sample_a_second_and_none_of_the_future() =>
        Gen.Select(Gen.Double[0, 8], Gen.Frequency((8, Gen.Const(0.0)), (1, Gen.Double[-0.3, 0.3]), (2, Gen.Double[-20, 20]), (1, Gen.Double[-4000, 4000])))
            .Array[1, 300]
            .Sample(
                steps =>
                {
                    var now = Start;
                    var jumped = TimeSpan.Zero;
                    var schedule = new SampleSchedule(Second, At(now));
                    var given = new HashSet<long>();
                    var covered = 0L;
                    foreach (var (wait, jump) in steps)
                    {
                        now += TimeSpan.FromSeconds(wait);
                        jumped += TimeSpan.FromSeconds(jump);
                        var range = schedule.Take(At(now, jumped));
                        for (var i = 0; i < range.Count; i++)
                        {
                            Assert.True(given.Add(range.SecondAt(i)), "A second was given out twice.");
                            Assert.True(TimeSpan.FromSeconds(range.SecondAt(i) + 1) <= now + jumped, "A sample of the future.");
                        }

                        // Each collection covers what the monotonic clock saw pass, to the rounding of the jumps, and no more.
                        covered += range.Count + range.Held + range.Gap;
                        var cuts = steps.Count(step => step.Item2 != 0);
                        Assert.True(covered <= (now - Start).TotalSeconds + cuts + 1, "Catches up for time that did not pass.");
                        Assert.InRange(schedule.UntilDue(At(now, jumped)), TimeSpan.FromTicks(-10), TimeSpan.FromSeconds(2.5));
                    }
                },
                iter: Depth.Of(2_000),
                threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    public void Intervals_are_aligned_to_the_clock(int seconds)
    {
        var schedule = new SampleSchedule(TimeSpan.FromSeconds(seconds), At(Start + TimeSpan.FromSeconds(0.4)));

        var due = Start + TimeSpan.FromSeconds(0.4) + schedule.UntilDue(At(Start + TimeSpan.FromSeconds(0.4)));
        var range = schedule.Take(At(due));

        Assert.Equal(0, due.Ticks % TimeSpan.FromSeconds(seconds).Ticks);
        Assert.Equal(0, range.First % seconds);
        Assert.Equal(due.TotalSeconds - seconds, range.First);
    }

    [Fact]
    public void Whatever_the_delays_every_second_is_given_out_once_and_in_order() =>
        Gen.Select(Gen.Long[0, TimeSpan.TicksPerSecond - 1], Gen.Double[0, 55].Array[1, 200])
            .Sample((fraction, delays) =>
            {
                var now = Start + new TimeSpan(fraction);
                var schedule = new SampleSchedule(Second, At(now));
                var next = 1_795_000_000L;
                foreach (var delay in delays)
                {
                    now += TimeSpan.FromSeconds(delay);
                    var range = schedule.Take(At(now));
                    Assert.Equal(0, range.Gap);
                    for (var i = 0; i < range.Count; i++)
                    {
                        Assert.Equal(next++, range.SecondAt(i));
                    }

                    // Never a second that has not ended, and none that has ended is left behind.
                    Assert.Equal((long)now.TotalSeconds, next);
                }
            });

    [Fact]
    public void Following_the_schedule_for_a_day_does_not_drift() =>
        Gen.Long[0, TimeSpan.TicksPerSecond - 1].Sample(
            fraction =>
            {
                var now = Start + new TimeSpan(fraction);
                var schedule = new SampleSchedule(Second, At(now));
                for (var i = 0; i < 86_400; i++)
                {
                    now += schedule.UntilDue(At(now)) + TimeSpan.FromMilliseconds(i % 7);
                    Assert.Equal(1_795_000_000 + i, schedule.Take(At(now)).First);
                }
            },
            iter: Depth.Of(5));
}
