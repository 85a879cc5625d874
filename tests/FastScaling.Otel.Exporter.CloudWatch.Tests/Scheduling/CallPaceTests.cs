using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class CallPaceTests
{
    private readonly CallPace _pace = new();

    [Fact]
    public void Without_throttling_the_pace_is_full()
    {
        Assert.Equal(1, Share(0));
        _pace.Accepted();
        Assert.Equal((1, 0), (Share(1e6), _pace.ThrottledInRow));
    }

    [Fact]
    public void The_first_throttled_calls_after_a_while_count_most()
    {
        var expected = 0.0;
        foreach (var reduction in (double[])[0.5, 0.25, 0.25, 0.05, 0.05, 0.05, 0.02, 0.02])
        {
            _pace.Throttled(Seconds(10), isSurge: false);
            expected -= reduction;
            Assert.Equal(Math.Exp(expected), Share(10), 12);
        }

        Assert.Equal(8, _pace.ThrottledInRow);
    }

    [Fact]
    public void In_a_surge_and_when_it_was_slowed_down_already_the_steps_are_small()
    {
        _pace.Throttled(Seconds(10), isSurge: true);
        Assert.Equal(Math.Exp(-0.05), Share(10), 12);
        _pace.Throttled(Seconds(10), isSurge: false);
        Assert.Equal(Math.Exp(-0.10), Share(10), 12);

        // Accepted: the next is the first of a row again, but the pace is not full.
        _pace.Accepted();
        Assert.Equal(0, _pace.ThrottledInRow);
        _pace.Throttled(Seconds(10), isSurge: false);
        Assert.Equal(1, _pace.ThrottledInRow);
        Assert.Equal(Math.Exp(-0.15), Share(10), 12);
    }

    [Fact]
    public void It_comes_back_with_time_and_counts_as_full_a_little_earlier()
    {
        _pace.Throttled(Seconds(0), isSurge: false);

        Assert.Equal(Math.Exp(-0.5 + 0.1), Share(200), 12);
        Assert.Equal(Math.Exp(-0.5 + 0.2), Share(400), 12);
        Assert.Equal(Math.Exp(-0.5 + 0.2), Share(300), 12);
        Assert.Equal(1, Share(5000));
        _pace.Accepted();

        // At 0.96 nothing was throttled for a while.
        _pace.Throttled(Seconds(5000), isSurge: true);
        _pace.Accepted();
        _pace.Throttled(Seconds(5020), isSurge: false);
        Assert.Equal(Math.Exp(-0.05 + 0.01 - 0.5), Share(5020), 12);
    }

    [Fact]
    public void It_never_falls_below_a_sixtieth()
    {
        for (var i = 0; i < 1000; i++)
        {
            _pace.Throttled(Seconds(0), isSurge: false);
        }

        Assert.Equal(1.0 / 60, Share(0));
    }

    private double Share(double seconds) => _pace.ShareAt(Seconds(seconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
