using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

/// <summary>Each rule of the schedule by itself, to the tick: every draw of chance is known.</summary>
public class CallScheduleRuleTests
{
    private static readonly SurgeVerdict Busy = new(IsRising: false, IsQuiet: false);
    private static readonly SurgeVerdict Quiet = new(IsRising: false, IsQuiet: true);
    private static readonly SurgeVerdict Rising = new(IsRising: true, IsQuiet: false);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly Chance _chance = new() { Draw = 0.5 };
    private readonly List<TimeSpan> _delays = [];

    [Fact]
    public void A_regular_call_is_due_at_its_slot_and_not_a_moment_before()
    {
        var schedule = Schedule();

        Assert.Equal(At(2.5), schedule.UntilDue(At(0)));
        Assert.False(schedule.TakeIfDue(At(2.5) - Tick));
        Assert.True(schedule.TakeIfDue(At(2.5)));
        Assert.Equal(At(5), schedule.UntilDue(At(2.5)));
        Assert.True(schedule.TakeIfDue(At(7.5) + Tick));
        Assert.Equal(At(12.5), schedule.UntilDue(At(0)));
    }

    [Fact]
    public void A_surges_call_is_due_when_its_jitter_is_over_whatever_samples_come_meanwhile()
    {
        var schedule = Schedule();
        schedule.TakeIfDue(At(2.5));

        schedule.OnSamples(At(3), Rising);
        _chance.Draw = 0.9;
        schedule.OnSamples(At(3.2), Rising);
        Assert.Equal(At(3.45), schedule.UntilDue(At(0)));
        Assert.False(schedule.TakeIfDue(At(3.45) - Tick));
        Assert.True(schedule.TakeIfDue(At(3.45)));

        // One jitter a surge.
        schedule.OnSamples(At(4), Rising);
        Assert.Equal(At(4.45), schedule.UntilDue(At(0)));
        schedule.TakeIfDue(At(4.45));
        schedule.OnSamples(At(5), Busy);
        Assert.Equal(At(7.5), schedule.UntilDue(At(0)));
        schedule.OnSamples(At(6), Rising);
        Assert.Equal(At(6.81), schedule.UntilDue(At(0)));
        Assert.Equal(2, schedule.ExtraCalls);
    }

    [Fact]
    public void The_delay_counts_from_the_first_sample_of_a_surge_and_steady_samples_have_none()
    {
        var schedule = Schedule();
        schedule.OnSamples(At(2), Busy);
        Call(schedule, 2.5);
        Assert.Empty(_delays);

        schedule.OnSamples(At(3), Rising);
        schedule.OnSamples(At(3.2), Rising);
        Call(schedule, 3.5);
        Assert.Equal([At(0.5)], _delays);
    }

    [Fact]
    public void A_sample_wakes_whoever_waits_for_calls_only_when_one_is_due_earlier() => Gen.Select(
        Gen.Int[0, 2], Gen.Double[0.1, 20], Gen.Bool, Gen.Bool).Array[1, 100].Sample(
        events =>
        {
            var schedule = Schedule(quiet: 30);
            var now = TimeSpan.Zero;
            foreach (var (verdict, wait, isTaken, isThrottled) in events)
            {
                now += At(wait);
                if (isTaken && schedule.TakeIfDue(now))
                {
                    schedule.OnResult(now, !isThrottled, !isThrottled, isThrottled);
                }

                var before = schedule.UntilDue(now);
                var isSooner = schedule.OnSamples(now, verdict switch { 0 => Busy, 1 => Quiet, _ => Rising });
                Assert.Equal(isSooner, schedule.UntilDue(now) < before);
                Assert.True(schedule.UntilDue(now) <= before, "A sample never puts a call off.");
            }
        },
        iter: Depth.Of(300),
        threads: 1);

    [Fact]
    public void Slots_are_left_out_after_ten_quiet_seconds_and_until_the_first_loud_sample()
    {
        var schedule = Schedule(quiet: 30);
        schedule.OnSamples(At(92.4), Busy);
        schedule.OnSamples(At(92.5), Quiet);

        // Used in quiet mode is every sixth slot.
        Assert.Equal(97.5 + 5, NextAfter(schedule, 97.5));
        Assert.Equal(122.5, NextAfter(schedule, 102.5));
        Assert.True(schedule.OnSamples(At(103), Busy));
        Assert.Equal(107.5, schedule.UntilDue(At(0)).TotalSeconds);
        Assert.False(schedule.OnSamples(At(104), Busy));

        // Quiet again, but not for long enough.
        Assert.Equal(117.5, NextAfter(schedule, 114));
        schedule.OnSamples(At(115), Quiet);
        Assert.Equal(127.5, NextAfter(schedule, 124.9));
        Assert.Equal(152.5, NextAfter(schedule, 127.5));
    }

    [Fact]
    public void The_end_of_quiet_mode_puts_off_no_call_that_is_due_already_or_repeats_a_throttled_one()
    {
        var schedule = Schedule(quiet: 30);
        schedule.OnSamples(At(50), Quiet);
        Assert.Equal(122.5, NextAfter(schedule, 100));
        schedule.OnSamples(At(123), Busy);
        Assert.True(schedule.TakeIfDue(At(123)));

        schedule.OnSamples(At(130), Quiet);
        schedule.TakeIfDue(At(152.5));
        Throttle(schedule, 152.5);
        Assert.False(schedule.OnSamples(At(153), Busy));
        Assert.True(schedule.TakeIfDue(At(153.4)));
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(0.5, 0.875)]
    [InlineData(0.8, 1.25)]
    public void A_throttled_call_is_repeated_after_a_twentieth_to_three_tenths_of_the_interval(double draw, double wait)
    {
        var schedule = Schedule();
        schedule.TakeIfDue(At(102.5));
        _chance.Draw = draw;
        Throttle(schedule, 102.5);

        Assert.Equal(102.5 + wait, schedule.UntilDue(At(0)).TotalSeconds, 6);
    }

    [Fact]
    public void A_throttled_call_is_repeated_by_the_next_slot_at_the_latest_and_not_at_all_when_accepted_at_last()
    {
        var schedule = Schedule();
        schedule.TakeIfDue(At(102.5));
        Throttle(schedule, 107.4);
        Assert.Equal(At(107.5), schedule.UntilDue(At(0)));

        var second = Schedule();
        second.TakeIfDue(At(102.5));
        second.OnResult(At(103), isAccepted: true, isNewestAccepted: true, isThrottled: true);
        Assert.Equal(At(107.5), second.UntilDue(At(0)));
        Assert.Equal(0.5, Slowness(second, 107.5), 2);
    }

    [Theory]
    [InlineData(29.999, 0.05)]
    [InlineData(30, 0.5)]
    public void For_half_a_minute_after_a_surge_throttling_slows_down_hardly(double after, double slowness)
    {
        var schedule = Schedule();
        schedule.OnSamples(At(97), Rising);
        schedule.OnSamples(At(98), Busy);
        schedule.OnSamples(At(97 + after), Busy);
        schedule.TakeIfDue(At(97 + after));
        Throttle(schedule, 97 + after);

        Assert.Equal(slowness, Slowness(schedule, 97 + after + 1), 2);
    }

    [Fact]
    public void Calls_throttled_in_a_row_slow_down_less_and_less_and_an_accepted_one_begins_a_new_row()
    {
        var schedule = Schedule();
        schedule.TakeIfDue(At(100));
        Throttle(schedule, 100);
        schedule.TakeIfDue(At(101));
        Throttle(schedule, 101);
        Assert.Equal(0.75, Slowness(schedule, 102), 2);

        schedule.OnResult(At(102), isAccepted: true, isNewestAccepted: true, isThrottled: false);
        schedule.TakeIfDue(At(10_000));
        Throttle(schedule, 10_000);
        Assert.Equal(0.5, Slowness(schedule, 10_001), 2);
    }

    [Fact]
    public void A_slowed_down_call_leaves_the_grid_and_comes_by_a_tenth_earlier_or_later()
    {
        _chance.Draw = 0;
        var schedule = Schedule();
        schedule.OnSamples(At(99), Rising);
        schedule.TakeIfDue(At(100));
        Throttle(schedule, 100);

        // So much slower and a tenth earlier: before the slot at 105.
        Assert.Equal(100.25 + (5 * Math.Exp(0.05) * 0.9), NextAfter(schedule, 100.25), 2);
    }

    [Fact]
    public void Throttling_makes_no_call_of_quiet_mode_earlier()
    {
        var schedule = Schedule(quiet: 30);
        schedule.OnSamples(At(50), Quiet);
        schedule.TakeIfDue(At(102.5));
        Throttle(schedule, 102.5);

        Assert.Equal(122.5, NextAfter(schedule, 104));
    }

    [Fact]
    public void Without_quiet_mode_a_slowed_down_call_is_slow_whatever_the_samples_say()
    {
        var schedule = Schedule();
        schedule.OnSamples(At(50), Quiet);
        schedule.TakeIfDue(At(102.5));
        Throttle(schedule, 102.5);
        var next = NextAfter(schedule, 104);
        Assert.Equal(104 + (5 * Math.Exp(0.5)), next, 1);

        Assert.False(schedule.OnSamples(At(105), Busy));
        Assert.Equal(next, schedule.UntilDue(At(0)).TotalSeconds);
    }

    [Theory]
    [InlineData(0, 0.4, true)]
    [InlineData(0, 0.5, false)]
    [InlineData(0, 0.6, false)]
    [InlineData(60, 0.7, true)]
    [InlineData(60, 0.8, false)]
    [InlineData(120, 0.999, true)]
    public void After_a_throttled_call_of_a_surge_only_a_part_of_the_processes_calls_in_the_next(double later, double draw, bool calls)
    {
        var schedule = Schedule();
        schedule.TakeIfDue(At(102.5));
        schedule.OnSamples(At(103), Rising);
        Assert.True(schedule.TakeIfDue(At(104)));
        schedule.OnSamples(At(104), Rising);
        Throttle(schedule, 104);

        // Not repeated, and no further one in the same surge.
        schedule.OnSamples(At(104), Rising);
        Assert.Equal(At(107.5), schedule.UntilDue(At(0)));

        var now = At(104 + later);
        schedule.TakeIfDue(now);
        schedule.OnSamples(now, Busy);
        _chance.Draw = draw;
        Assert.Equal(calls, schedule.OnSamples(now, Rising));
        Assert.Equal(calls, schedule.TakeIfDue(now + (CallSchedule.LongestJitter * draw)));
    }

    /// <summary>Slots are at 2.5 s, 7.5 s and so on when 0.5 is drawn.</summary>
    private CallSchedule Schedule(int quiet = 0) => new(
        new CallTimes { ExportInterval = At(5), QuietExportInterval = At(quiet), MaxExtraCallsPerHour = 120 }, _chance, _delays.Add);

    private static void Call(CallSchedule schedule, double now)
    {
        Assert.True(schedule.TakeIfDue(At(now)));
        schedule.OnResult(At(now), isAccepted: true, isNewestAccepted: true, isThrottled: false);
    }

    private static void Throttle(CallSchedule schedule, double now) =>
        schedule.OnResult(At(now), isAccepted: false, isNewestAccepted: false, isThrottled: true);

    /// <summary>Takes the call that is due, and gives the time of the next.</summary>
    private static double NextAfter(CallSchedule schedule, double now)
    {
        Assert.True(schedule.TakeIfDue(At(now)));
        return schedule.UntilDue(At(0)).TotalSeconds;
    }

    /// <summary>The logarithm of how many intervals the call after this one waits.</summary>
    private static double Slowness(CallSchedule schedule, double now) => Math.Log((NextAfter(schedule, now) - now) / 5);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Chance : Random
    {
        public double Draw { get; set; }

        public override double NextDouble() => Draw;

        public override long NextInt64(long maxValue) => 0;
    }
}
