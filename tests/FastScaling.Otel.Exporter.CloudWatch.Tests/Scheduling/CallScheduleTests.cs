using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class CallScheduleTests
{
    private static readonly SurgeVerdict Busy = new(IsRising: false, IsQuiet: false);
    private static readonly SurgeVerdict Quiet = new(IsRising: false, IsQuiet: true);
    private static readonly SurgeVerdict Rising = new(IsRising: true, IsQuiet: false);

    [Fact]
    public void Without_surges_there_is_one_call_an_interval_at_the_phase_of_the_process()
    {
        var calls = Run(Times(), seed: 1, seconds: 600, _ => Busy);

        Assert.InRange(calls.Count, 119, 120);
        Assert.All(calls.Zip(calls.Skip(1)), pair => Assert.Equal(5, (pair.Second - pair.First).TotalSeconds, 3));
    }

    [Fact]
    public void Phases_are_spread_evenly_over_the_interval()
    {
        var phases = Enumerable.Range(0, 2500).Select(seed => new CallSchedule(Times(), new Random(seed)).UntilDue(TimeSpan.Zero).TotalSeconds).ToArray();

        foreach (var tenth in phases.GroupBy(phase => (int)(phase * 2)))
        {
            Assert.InRange(tenth.Count(), 190, 310);
        }
    }

    [Fact]
    public void A_surge_calls_within_a_second_of_each_of_its_samples_and_keeps_the_phase() => Gen.Int[0, 10_000].Sample(
        seed =>
        {
            var calls = Run(Times(), seed, seconds: 60, second => second is >= 30 and < 34 ? Rising : Busy);
            var steady = Run(Times(), seed, seconds: 60, _ => Busy);

            for (var second = 30; second < 34; second++)
            {
                Assert.Contains(calls, call => call >= TimeSpan.FromSeconds(second) && call <= TimeSpan.FromSeconds(second) + CallSchedule.LongestJitter + TimeSpan.FromMilliseconds(2));
            }

            Assert.Subset(calls.Select(Rounded).ToHashSet(), steady.Select(Rounded).ToHashSet());
            Assert.InRange(calls.Count - steady.Count, 3, 4);
        },
        iter: Depth.Of(200),
        threads: 1);

    [Fact]
    public void Surges_beyond_the_budget_wait_for_the_interval()
    {
        var calls = Run(Times(extra: 10), seed: 3, seconds: 600, _ => Rising);

        Assert.InRange(calls.Count, 119, 120 + 6);
    }

    [Fact]
    public void Quiet_mode_calls_rarely_and_the_first_loud_sample_brings_the_interval_back() => Gen.Int[0, 10_000].Sample(
        seed =>
        {
            var calls = Run(Times(quiet: 30), seed, seconds: 600, second => second < 400 ? Quiet : Busy);
            var steady = Run(Times(), seed, seconds: 600, _ => Busy);

            Assert.InRange(calls.Count(call => call.TotalSeconds is > 60 and < 400), 11, 12);
            Assert.Subset(steady.Select(Rounded).ToHashSet(), calls.Select(Rounded).ToHashSet());
            Assert.Equal(
                steady.Where(call => call.TotalSeconds > 400).Select(Rounded),
                calls.Where(call => call.TotalSeconds > 400).Select(Rounded));
        },
        iter: Depth.Of(200),
        threads: 1);

    [Fact]
    public void Throttling_makes_regular_calls_slower_at_once_and_for_a_while()
    {
        var schedule = new CallSchedule(Times(), new Random(5));
        Assert.Equal(12, Count(schedule, 0, 60, isThrottled: _ => false));
        Count(schedule, 60, 70, isThrottled: _ => true);

        var after = Count(schedule, 70, 130, isThrottled: _ => false);
        Assert.InRange(after, 1, 9);

        // The call that was due meanwhile, and one an interval.
        Assert.Equal(13, Count(schedule, 7200, 7260, isThrottled: _ => false));
    }

    [Fact]
    public void Throttling_ends_the_calls_of_a_surge()
    {
        var schedule = new CallSchedule(Times(), new Random(5));
        schedule.OnSamples(TimeSpan.FromSeconds(100), Busy);
        while (!schedule.TakeIfDue(TimeSpan.FromSeconds(100)))
        {
        }

        schedule.OnSamples(TimeSpan.FromSeconds(101), Rising);
        var extras = schedule.ExtraCalls;
        for (var now = 101.0; schedule.ExtraCalls == extras; now += 0.01)
        {
            schedule.TakeIfDue(TimeSpan.FromSeconds(now));
        }

        schedule.OnResult(TimeSpan.FromSeconds(102), isAccepted: false, isNewestAccepted: false, isThrottled: true);
        schedule.OnSamples(TimeSpan.FromSeconds(102), Rising);
        schedule.OnSamples(TimeSpan.FromSeconds(103), Rising);
        schedule.TakeIfDue(TimeSpan.FromSeconds(104));
        schedule.TakeIfDue(TimeSpan.FromSeconds(104.9));

        Assert.Equal(extras + 1, schedule.ExtraCalls);
    }

    [Fact]
    public void The_time_from_a_surge_to_its_acceptance_is_told_once()
    {
        var delays = new List<TimeSpan>();
        var schedule = new CallSchedule(Times(), new Random(5), delays.Add);
        while (!schedule.TakeIfDue(TimeSpan.FromSeconds(100)))
        {
        }

        schedule.OnSamples(TimeSpan.FromSeconds(101), Rising);
        for (var now = 101.0; !schedule.TakeIfDue(TimeSpan.FromSeconds(now)); now += 0.01)
        {
        }

        // What is older may still wait.
        schedule.OnResult(TimeSpan.FromSeconds(102), isAccepted: false, isNewestAccepted: true, isThrottled: false);
        schedule.TakeIfDue(TimeSpan.FromSeconds(110));
        schedule.OnResult(TimeSpan.FromSeconds(110), isAccepted: true, isNewestAccepted: true, isThrottled: false);

        Assert.Equal([TimeSpan.FromSeconds(1)], delays);
    }

    [Fact]
    public void A_surge_that_only_an_instrument_shows_is_sent_like_any_other_and_ends_with_it()
    {
        var schedule = new CallSchedule(Times(), new Random(5));
        var extras = new List<long>();
        for (var second = 0; second < 60; second++)
        {
            schedule.OnSamples(TimeSpan.FromSeconds(second), Busy);
            schedule.OnSamples(TimeSpan.FromSeconds(second + 0.01), second is >= 30 and < 34 ? Rising : Busy, SampleSource.Instruments);
            for (var now = second + 0.02; now < second + 1; now += 0.02)
            {
                schedule.TakeIfDue(TimeSpan.FromSeconds(now));
            }

            extras.Add(schedule.ExtraCalls);
        }

        Assert.Equal(0, extras[29]);
        Assert.InRange(extras[35], 3, 5);
        Assert.Equal(extras[35], extras[59]);
    }

    private static CallTimes Times(int quiet = 0, int extra = 120) => new()
    {
        ExportInterval = TimeSpan.FromSeconds(5),
        QuietExportInterval = TimeSpan.FromSeconds(quiet),
        MaxExtraCallsPerHour = extra,
    };

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 2);

    /// <summary>A sample at each whole second, calls whenever they are due, to the millisecond.</summary>
    private static List<TimeSpan> Run(CallTimes times, int seed, int seconds, Func<int, SurgeVerdict> verdict)
    {
        var schedule = new CallSchedule(times, new Random(seed));
        var calls = new List<TimeSpan>();
        for (var second = 0; second < seconds; second++)
        {
            schedule.OnSamples(TimeSpan.FromSeconds(second), verdict(second));
            for (var now = TimeSpan.FromSeconds(second); now < TimeSpan.FromSeconds(second + 1);)
            {
                if (schedule.TakeIfDue(now))
                {
                    calls.Add(now);
                    schedule.OnResult(now, isAccepted: true, isNewestAccepted: true, isThrottled: false);
                }

                var until = schedule.UntilDue(now);
                now += until > TimeSpan.Zero ? until : TimeSpan.FromTicks(1);
            }
        }

        return calls;
    }

    private static int Count(CallSchedule schedule, int from, int to, Func<double, bool> isThrottled)
    {
        var calls = 0;
        for (var now = (double)from; now < to; now += 0.05)
        {
            if (schedule.TakeIfDue(TimeSpan.FromSeconds(now)))
            {
                calls++;
                var refused = isThrottled(now);
                schedule.OnResult(TimeSpan.FromSeconds(now), !refused, !refused, refused);
            }
        }

        return calls;
    }
}
