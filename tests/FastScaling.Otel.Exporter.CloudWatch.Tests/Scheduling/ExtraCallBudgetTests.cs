using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class ExtraCallBudgetTests
{
    [Fact]
    public void No_hour_has_more_calls_than_the_limit() =>
        Gen.Select(Gen.Int[0, 300], Gen.Double[0, 60].Array[1, 2000]).Sample(
            (limit, waits) =>
            {
                var budget = new ExtraCallBudget(limit);
                var now = TimeSpan.Zero;
                var taken = new Queue<TimeSpan>();
                foreach (var wait in waits)
                {
                    now += TimeSpan.FromSeconds(wait);
                    if (budget.TryTake(now))
                    {
                        taken.Enqueue(now);
                    }

                    while (taken.TryPeek(out var first) && now - first >= TimeSpan.FromHours(1))
                    {
                        taken.Dequeue();
                    }

                    Assert.True(taken.Count <= limit);
                }
            },
            iter: Depth.Of(500),
            threads: 1);

    [Fact]
    public void Half_of_the_limit_is_there_at_once_and_comes_back_in_an_hour()
    {
        var budget = new ExtraCallBudget(120);

        Assert.Equal(60, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(TimeSpan.Zero)));
        Assert.Equal(60, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(TimeSpan.FromHours(2))));
    }

    [Fact]
    public void A_limit_of_one_call_is_one_an_hour()
    {
        var budget = new ExtraCallBudget(1);
        bool TryTake(int minute) => budget.TryTake(TimeSpan.FromMinutes(minute));

        Assert.Equal([true, false, false, true, false], [TryTake(0), TryTake(1), TryTake(59), TryTake(61), TryTake(119)]);
    }
}
