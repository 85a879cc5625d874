using FastScaling.Otel.Exporter.CloudWatch.Delivery;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class AllowanceTests
{
    [Fact]
    public void What_is_there_can_be_taken_at_once_and_the_next_comes_half_a_turn_early_at_most()
    {
        var allowance = new Allowance(2, TimeSpan.FromSeconds(10));

        Assert.Equal([true, true, false], Take(allowance, 0, 0, 0));
        Assert.Equal([false, true, false], Take(allowance, 4.9, 5, 14.9));
        Assert.Equal([true, false, true], Take(allowance, 15, 15, 25));
    }

    [Fact]
    public void It_fills_up_to_what_may_be_done_at_once() =>
        Assert.Equal([true, true, false], Take(new Allowance(2, TimeSpan.FromSeconds(10)), 1000, 1000, 1000));

    [Fact]
    public void Without_a_time_only_what_is_returned_comes_back_and_no_more_than_there_was()
    {
        var allowance = new Allowance(2, null);
        allowance.Return();

        Assert.Equal([true, true, false], Take(allowance, 0, 0, 1000));
        allowance.Return();
        Assert.Equal([true, false], Take(allowance, 1000, 1000));
    }

    private static IEnumerable<bool> Take(Allowance allowance, params double[] seconds) =>
        [.. seconds.Select(second => allowance.TryTake(TimeSpan.FromSeconds(second)))];
}
