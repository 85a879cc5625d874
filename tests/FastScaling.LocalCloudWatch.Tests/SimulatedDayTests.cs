using System.Diagnostics;
using System.Globalization;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class SimulatedDayTests
{
    private static readonly DateTimeOffset T = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Twenty tasks that publish six metrics every second for a day, and ten alarms: what a replay needs. 10.4 million samples.</summary>
    [Fact]
    public void A_simulated_day_takes_seconds()
    {
        var watch = Stopwatch.StartNew();
        var model = new CloudWatchModel();
        MetricIdentity[] metrics = [.. Enumerable.Range(0, 6).Select(i => new MetricIdentity("Tests", $"metric {i}", [new("Service", "s")]))];
        for (var i = 0; i < 10; i++)
        {
            var period = i < 8 ? 10 : 60;
            model.Alarms.Put(T, new AlarmDefinition
            {
                Name = $"alarm {i}",
                Source = new MetricSource(metrics[i % 6], null, i == 1 ? Statistic.Percentile("p99")! : Statistic.Plain("Average")!, period),
                Period = period,
                EvaluationPeriods = 3,
                Comparison = AlarmComparison.GreaterThanThreshold,
                Threshold = 80,
            });
        }

        var changes = 0;
        for (var second = 0; second < 86_400; second++)
        {
            var now = T.AddSeconds(second);
            var value = second / 600 % 2 == 0 ? 50 : 100;
            for (var i = 0; i < metrics.Length; i++)
            {
                model.Put(now, metrics[i], "Count", 1, now, i == 1 ? Aggregate.OfValues([value, value + 5, value + 10], [10, 9, 1])! : Aggregate.OfSet(20, 20 * value, value - 1, value + 1));
            }

            changes += model.AdvanceTo(now).OfType<AlarmStateChange>().Count();
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"A simulated day: {watch.Elapsed.TotalSeconds:F2} s."));
        Assert.InRange(changes, 10 * 143, 10 * 146);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }
}
