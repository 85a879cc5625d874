using FastScaling.Lab.Costs;

namespace FastScaling.Lab.Tests.Costs;

public class FleetCostTests
{
    [Fact]
    public void A_call_each_five_seconds_is_525_600_a_month_and_5_26_dollars()
    {
        var cost = new FleetCost { Tasks = 1 };

        Assert.Equal(525_600, cost.CallsPerTask, 6);
        Assert.Equal(5.256, cost.Calls, 6);
    }

    [Fact]
    public void Quiet_time_is_cheaper_by_its_share()
    {
        var cost = new FleetCost { Tasks = 1, QuietShare = 0.5, QuietInterval = 60 };

        Assert.Equal((525_600 + 43_800) / 2.0, cost.CallsPerTask, 6);
    }

    [Fact]
    public void Metrics_and_alarms_do_not_grow_with_the_fleet()
    {
        var small = new FleetCost { Tasks = 2 };
        var large = new FleetCost { Tasks = 500 };

        Assert.Equal(small.MetricFees + small.AlarmFees, large.MetricFees + large.AlarmFees);
        Assert.Equal(250 * small.Calls, large.Calls, 6);
        Assert.Equal(0.60, small.AlarmFees, 6);
    }

    [Fact]
    public void The_same_calls_as_log_lines_of_600_bytes_are_16_cents()
    {
        Assert.InRange(new FleetCost { Tasks = 1 }.AsLogs(600), 0.164, 0.165);
    }
}
