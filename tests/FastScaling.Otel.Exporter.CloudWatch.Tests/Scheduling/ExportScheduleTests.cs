using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class ExportScheduleTests
{
    private static readonly Gen<(TimeSpan Interval, TimeSpan Phase)> Schedules =
        Gen.Select(Gen.Long[TimeSpan.TicksPerSecond, 300 * TimeSpan.TicksPerSecond], Gen.Double[0, 1])
            .Select((ticks, part) => (new TimeSpan(ticks), new TimeSpan(ticks) * part));

    [Fact]
    public void There_is_at_most_one_call_an_interval_and_none_is_made_up_for() =>
        Gen.Select(Schedules, Gen.Double[0, 3.5].Array[1, 200]).Sample(
            (times, steps) =>
            {
                var schedule = new ExportSchedule(times.Interval, times.Phase);
                var now = TimeSpan.Zero;
                var taken = new HashSet<long>();
                foreach (var step in steps)
                {
                    now += times.Interval * step;
                    var isDue = schedule.UntilDue(now) <= TimeSpan.Zero;

                    Assert.Equal(isDue, schedule.TakeIfDue(now));
                    Assert.False(schedule.TakeIfDue(now), "A missed call was made up for.");

                    // The interval of the schedule in which this moment lies has its call now, or had it.
                    var interval = now < times.Phase ? -1 : (now - times.Phase).Ticks / times.Interval.Ticks;
                    Assert.Equal(interval >= 0 && !taken.Contains(interval), isDue);
                    taken.Add(interval);
                    Assert.InRange(schedule.UntilDue(now), new TimeSpan(1), times.Interval);
                }
            },
            iter: Depth.Of(2_000),
            threads: 1);

    [Fact]
    public void The_first_call_is_due_at_the_phase() => Schedules.Sample(
        times =>
        {
            var schedule = new ExportSchedule(times.Interval, times.Phase);

            Assert.Equal(times.Phase, schedule.UntilDue(TimeSpan.Zero));
            Assert.InRange(schedule.UntilDue(TimeSpan.Zero), TimeSpan.Zero, times.Interval);
            Assert.True(times.Phase == TimeSpan.Zero || !schedule.TakeIfDue(times.Phase - new TimeSpan(1)));
            Assert.True(schedule.TakeIfDue(times.Phase));
        },
        threads: 1);

    [Fact]
    public void It_does_not_drift_over_a_million_intervals()
    {
        var interval = new TimeSpan((5 * TimeSpan.TicksPerSecond) + 1);
        var phase = new TimeSpan(1_234_567);
        var schedule = new ExportSchedule(interval, phase);
        for (long i = 0; i < 1_000_000; i++)
        {
            // Each time a little late, as a thread is.
            var due = phase.Ticks + (interval.Ticks * i);
            Assert.Equal(due, schedule.UntilDue(TimeSpan.Zero).Ticks);
            Assert.True(schedule.TakeIfDue(new TimeSpan(due + (i % 1_000_000))));
        }
    }

    [Fact]
    public void A_suspension_of_a_year_keeps_the_phase()
    {
        var interval = TimeSpan.FromSeconds(5);
        var schedule = new ExportSchedule(interval, TimeSpan.FromSeconds(2));

        Assert.True(schedule.TakeIfDue(TimeSpan.FromDays(365)));
        Assert.Equal(TimeSpan.FromSeconds(2), schedule.UntilDue(TimeSpan.FromDays(365)));
    }
}
