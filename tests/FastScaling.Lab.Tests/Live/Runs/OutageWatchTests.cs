using FastScaling.Lab.Live;

namespace FastScaling.Lab.Tests.Live.Runs;

/// <summary>When the data of an outage count as complete.</summary>
public sealed class OutageWatchTests
{
    [Fact]
    public void The_data_are_complete_when_CloudWatch_knows_the_requests_of_the_outage()
    {
        var (at, text) = Run(second => second < 45 ? 0.5 : 1, 200);
        Assert.Equal(45, at);
        Assert.Contains("are complete", text);
        Assert.Contains("15 s after", text);
    }

    [Fact]
    public void Data_that_do_not_come_are_told_of_too()
    {
        var (at, text) = Run(_ => 0.5, 200);
        Assert.Equal(150, at);
        Assert.Contains("are not complete: CloudWatch has 500 of 1000 requests", text);
    }

    // 50 requests a second; broken from second 10 to 30.
    private static (int At, string Text) Run(Func<int, double> known, int seconds)
    {
        var watch = new OutageWatch();
        for (var second = 0; second < seconds; second++)
        {
            if (second == 10)
            {
                watch.Begin(10);
            }

            if (second == 30)
            {
                watch.End(30);
            }

            if (watch.Second(second, 50 * (second + 1), (from, to) => known(second) * 50 * (to - from)) is { } text)
            {
                Assert.False(watch.IsOpen);
                return (second, text);
            }

            Assert.Equal(second >= 10, watch.IsOpen);
        }

        return (-1, "");
    }
}
