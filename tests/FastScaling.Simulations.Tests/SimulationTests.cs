using FastScaling.Simulations.Days;
using FastScaling.Simulations.Fleets;
using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;
using FastScaling.Simulations.Phases;
using FastScaling.Simulations.Uneven;

namespace FastScaling.Simulations.Tests;

/// <summary>Small versions of the simulations, with fixed seeds: the same on every machine.</summary>
public class SimulationTests
{
    [Fact]
    public void A_sharp_surge_is_an_alarm_as_early_as_promised_and_earlier_than_with_the_fixed_publisher()
    {
        var result = PhaseResult.Run(PhaseCase.All().First(), 2_000, 1);

        Assert.InRange(result.Alarm.Median, 5, 9.5);
        Assert.InRange(result.Alarm.P99, 10, 14.5);
        Assert.InRange(result.FixedAlarm.Median, 10, 12);
        Assert.InRange(result.FixedAlarm.P99, 15.5, 18);
        Assert.Equal(0, result.Alarm.Missing);
    }

    [Fact]
    public void Every_kind_of_surge_that_can_be_seen_is_an_alarm_earlier_than_with_the_fixed_publisher() =>
        Assert.All(
            PhaseCase.All().Where(each => each.Ingestion.Most <= 3).Select(each => PhaseResult.Run(each, 300, 1)),
            result =>
            {
                Assert.Equal(0, result.Alarm.Missing);
                Assert.True(
                    result.FixedAlarm.Missing > 0 || result.Alarm.Median < result.FixedAlarm.Median - 1,
                    $"{result.Case}: {result.Alarm.Median} against {result.FixedAlarm.Median}");
            });

    [Fact]
    public void Surge_flush_adds_no_false_alarms_under_steady_uneven_load()
    {
        foreach (var (name, rates) in UnevenResult.Cases().Take(2))
        {
            var surge = UnevenResult.Run(name, rates, Publishing.Surge, 40, 1);
            var none = UnevenResult.Run(name, rates, Publishing.All().ElementAt(1), 40, 1);

            Assert.InRange(surge.Visible, 0, none.Visible + 0.5);
            Assert.InRange(surge.ExtraCallsPerHour, 0, 1);
        }
    }

    [Fact]
    public void Ten_tasks_or_a_period_of_20_seconds_have_no_more_false_alarms_than_with_the_fixed_publisher()
    {
        var cases = UnevenResult.Cases().ToArray();
        var longer = AlarmSettings.All().Single(static alarm => alarm is { Period: 20 });
        var twoOfTwo = AlarmSettings.All().Single(static alarm => alarm is { Periods: 2 });

        Assert.Equal(0, UnevenResult.Run(cases[1].Name, cases[1].Rates, Publishing.Surge, 20, 1).Visible);
        var product = UnevenResult.Run(cases[0].Name, cases[0].Rates, Publishing.Surge, 60, 1, longer);
        Assert.InRange(product.Visible, 0.1, UnevenResult.Run(cases[0].Name, cases[0].Rates, Publishing.Fixed, 60, 1, longer).Visible);
        Assert.InRange(UnevenResult.Run(cases[0].Name, cases[0].Rates, Publishing.Surge, 40, 1, twoOfTwo).Visible, 0, 2);
    }

    [Fact]
    public void Quiet_mode_saves_calls_and_detects_no_surge_later()
    {
        Publishing[] ways = [Publishing.Surge, Publishing.All().Last()];
        var results = DayResult.Run(DayOfTraffic.Synthesize(1), phases: 3, seed: 1, ways);

        Assert.All(results, result => Assert.True(result.Surges > 0 && result.Detection.Missing == 0));
        Assert.All(results, result => Assert.InRange(result.Clear.Max, 1, 12));
        Assert.All(results, result => Assert.Equal(0, result.FarAlarms));
        Assert.InRange(results[1].CallsPerTask / results[0].CallsPerTask, 0.1, 0.4);
        Assert.Equal(0, results[1].Later);
    }

    [Fact]
    public void A_fleet_beyond_the_quota_shares_it_fairly()
    {
        var result = FleetResult.Run(5_000, steady: 300, surge: 30, seed: 1);

        Assert.InRange(result.OldestStarting, 0, 3 * result.FairShare);
        Assert.InRange(result.Oldest, 0, 3 * result.FairShare);
        Assert.InRange(result.OldestInSurge, 0, 3 * result.FairShare);
        Assert.InRange(result.ErrorVisible.P99, 0, 2);
        Assert.InRange(result.ErrorInTheEnd.P99, 0, 0.001);
        Assert.InRange(result.CallsPerSecond, 450, 501);
    }

    [Fact]
    public void A_fleet_that_just_fits_into_the_quota_stays_fresh_in_a_surge_of_all_of_it()
    {
        var result = FleetResult.Run(2_500, steady: 260, surge: 40, seed: 1);

        Assert.InRange(result.OldestInSurge, 5, 3 * result.FairShare);
        Assert.InRange(result.SurgeToAlarm, 0, 9);
    }
}
