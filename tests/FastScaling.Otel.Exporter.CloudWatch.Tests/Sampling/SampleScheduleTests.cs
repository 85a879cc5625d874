using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Sampling;

public class SampleScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1_795_000_000);

    [Fact]
    public void A_collection_on_time_covers_the_second_that_has_just_ended()
    {
        var schedule = new SampleSchedule(Second, Start + TimeSpan.FromSeconds(0.7));

        Assert.Equal(TimeSpan.FromSeconds(0.3), schedule.UntilDue(Start + TimeSpan.FromSeconds(0.7)));

        var range = schedule.Take(Start + TimeSpan.FromSeconds(1.002));

        Assert.Equal((1_795_000_000, 1, 0), (range.First, range.Count, range.Gap));
        Assert.Equal(TimeSpan.FromSeconds(0.002), range.Lateness);
    }

    [Fact]
    public void Nothing_is_covered_before_the_second_has_ended()
    {
        var schedule = new SampleSchedule(Second, Start);

        Assert.Equal(0, schedule.Take(Start + TimeSpan.FromSeconds(0.999)).Count);
        Assert.Equal(1, schedule.Take(Start + TimeSpan.FromSeconds(1)).Count);
        Assert.Equal(0, schedule.Take(Start + TimeSpan.FromSeconds(1.5)).Count);
    }

    [Fact]
    public void The_last_collection_covers_the_second_in_progress()
    {
        var schedule = new SampleSchedule(Second, Start);
        _ = schedule.Take(Start + TimeSpan.FromSeconds(1.001));

        var last = schedule.TakeLast(Start + TimeSpan.FromSeconds(1.4));

        Assert.Equal((1_795_000_001, 1), (last.First, last.Count));
    }

    [Fact]
    public void A_collection_after_a_long_suspension_leaves_a_counted_gap()
    {
        var schedule = new SampleSchedule(Second, Start);

        var range = schedule.Take(Start + TimeSpan.FromSeconds(3600.5));

        Assert.Equal(60, range.Count);
        Assert.Equal(3540, range.Gap);
        Assert.Equal(1_795_000_000 + 3540, range.First);
        Assert.Equal(TimeSpan.FromSeconds(3599.5), range.Lateness);
    }

    [Fact]
    public void A_clock_that_is_set_back_a_little_repeats_no_second()
    {
        var schedule = new SampleSchedule(Second, Start);
        _ = schedule.Take(Start + TimeSpan.FromSeconds(10.1));

        var setBack = Start + TimeSpan.FromSeconds(5);

        Assert.Equal(0, schedule.Take(setBack).Count);
        Assert.Equal(TimeSpan.FromSeconds(6), schedule.UntilDue(setBack));
        Assert.Equal(1_795_000_010, schedule.Take(Start + TimeSpan.FromSeconds(11)).First);
    }

    [Fact]
    public void A_clock_that_is_set_back_by_an_hour_does_not_silence_the_samples_for_an_hour()
    {
        var schedule = new SampleSchedule(Second, Start);
        _ = schedule.Take(Start + TimeSpan.FromSeconds(1));
        var setBack = Start - TimeSpan.FromHours(1);

        Assert.Equal(TimeSpan.Zero, schedule.UntilDue(setBack));
        Assert.Equal(0, schedule.Take(setBack).Count);
        Assert.Equal(TimeSpan.FromSeconds(1), schedule.UntilDue(setBack));
        Assert.Equal(1, schedule.Take(setBack + Second).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    public void Intervals_are_aligned_to_the_clock(int seconds)
    {
        var schedule = new SampleSchedule(TimeSpan.FromSeconds(seconds), Start + TimeSpan.FromSeconds(0.4));

        var due = Start + TimeSpan.FromSeconds(0.4) + schedule.UntilDue(Start + TimeSpan.FromSeconds(0.4));
        var range = schedule.Take(due);

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
                var schedule = new SampleSchedule(Second, now);
                var next = 1_795_000_000L;
                foreach (var delay in delays)
                {
                    now += TimeSpan.FromSeconds(delay);
                    var range = schedule.Take(now);
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
                var schedule = new SampleSchedule(Second, now);
                for (var i = 0; i < 86_400; i++)
                {
                    now += schedule.UntilDue(now) + TimeSpan.FromMilliseconds(i % 7);
                    Assert.Equal(1_795_000_000 + i, schedule.Take(now).First);
                }
            },
            iter: 5);
}
