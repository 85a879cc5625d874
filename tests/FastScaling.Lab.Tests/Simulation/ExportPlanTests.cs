using CsCheck;
using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Lab.Tests.Simulation;

/// <summary>When simulated tasks send: the exporter's own decision, as the options say.</summary>
public sealed class ExportPlanTests
{
    [Fact]
    public void Regular_calls_are_an_export_interval_apart() =>
        Gen.Select(Gen.Int, Gen.Int[1, 30]).Sample((seed, interval) =>
        {
            var calls = Calls(Settings(interval, extra: 0), seed, 300, static _ => 20);

            Assert.Equal(300 / interval, calls.Count, tolerance: 1.0);
            // Before the first sample there is nothing to send: the first call may come late.
            Assert.All(calls.Skip(1).Zip(calls.Skip(2)), pair => Assert.Equal(interval, pair.Second - pair.First, 6));
        });

    [Fact]
    public void A_surge_is_sent_within_a_second_of_its_first_sample() =>
        Gen.Int.Sample(seed =>
        {
            var calls = Calls(Settings(60, extra: 120), seed, 200, static second => second < 100 ? 20 : 200);

            // The sample of second 100 is there at 101.
            Assert.Contains(calls, static time => time is >= 101 and < 102);
        });

    [Fact]
    public void Quiet_tasks_call_rarely_and_busy_ones_do_not() =>
        Gen.Int.Sample(seed =>
        {
            var settings = Settings(5, extra: 120) with { Calls = new CallTimes { ExportInterval = TimeSpan.FromSeconds(5), QuietExportInterval = TimeSpan.FromSeconds(60) } };

            Assert.InRange(Calls(settings, seed, 600, static _ => 10).Count, 9, 18);
            Assert.InRange(Calls(settings, seed, 600, static _ => 90).Count, 119, 121);
        });

    [Fact]
    public void Extra_calls_keep_to_their_limit() =>
        Gen.Select(Gen.Int, Gen.Int[0, 50]).Sample((seed, limit) =>
        {
            // A new surge every minute.
            var calls = Calls(Settings(300, limit), seed, 3600, static second => second / 30 % 2 == 0 ? 10 : 300);

            Assert.InRange(calls.Count, 12, 13 + limit);
        }, iter: Depth.Of(30));

    // Every sample leaves at once with the call that is due.
    private static List<double> Calls(ExporterModelSettings settings, int seed, int seconds, Func<int, int> arrivals)
    {
        var plan = new ExportPlan(settings, 0, new Random(seed));
        var calls = new List<double>();
        for (var second = 0; second < seconds; second++)
        {
            plan.Observe(second + 1, new TaskSample(second, arrivals(second), arrivals(second), 20, 1, 50, 0, 0, 10));
            if (plan.TakeCall(second + 1, second + 2) is { } time)
            {
                calls.Add(time);
                plan.OnResult(time, isAccepted: true);
            }
        }

        return calls;
    }

    private static ExporterModelSettings Settings(int interval, int extra) =>
        new() { Calls = new CallTimes { ExportInterval = TimeSpan.FromSeconds(interval), MaxExtraCallsPerHour = extra } };
}
