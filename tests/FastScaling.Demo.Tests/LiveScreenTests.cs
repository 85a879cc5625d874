using FastScaling.Demo.Display;
using FastScaling.Demo.Load;
using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Tests;

public sealed class LiveScreenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_fullest_screen_fits_into_80_columns_and_24_lines(bool isOver)
    {
        using var writer = new StringWriter();
        var screen = new LiveScreen(new DemoOptions { Serve = true }, isUnicode: true)
        {
            Addresses = new DemoAddresses(new Uri("http://127.0.0.1:65535/"), new Uri("http://127.0.0.1:65534/")),
            State = State(isOver),
        };
        for (var i = 0; i < 5; i++)
        {
            screen.Add(TimeSpan.FromSeconds(9999.9), "10-s average 102.7 crossed the threshold, 10.0 s after the surge began");
        }

        Displays.Plain(writer).Write(screen.Render());

        var lines = writer.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.InRange(lines.Count, 20, 23);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(7, lines.Count(line => line.EndsWith(new string('█', CloudWatchView.Columns), StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(isOver ? "OVER THE THRESHOLD since" : "OK since", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sparkline_has_a_column_a_second_with_blanks_where_nothing_is_known()
    {
        Assert.Equal(" ▁▅█", Sparkline.Of([null, 0, 50, 100], isUnicode: true));
        Assert.Equal(" _=#", Sparkline.Of([null, 0, 50, 100], isUnicode: false));
        Assert.Equal("▁▁", Sparkline.Of([0, 0], isUnicode: true));
        Assert.Equal("", Sparkline.Of([], isUnicode: true));
    }

    private static DemoState State(bool isOver)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20000);
        double?[] columns = [.. Enumerable.Repeat<double?>(9999, CloudWatchView.Columns)];
        string[] names = ["RequestsPerSecond", "ResponseTime", "ResponseTime p99", "ActiveRequests", "ActiveConnections", "QueueLength", "QueueDelay"];
        var metrics = names.Select(name => new MetricView(name, "Milliseconds", 99999.9, 99999.9, columns)).ToList();
        return new DemoState
        {
            Now = now,
            Elapsed = TimeSpan.FromHours(9.5),
            Phase = LoadPhase.After,
            Rate = 1000,
            Sent = 9_999_999,
            Answered = 9_999_999,
            InCloudWatch = 9_999_999,
            PutCalls = 9_999,
            View = new CloudWatchView(new MetricSeries([], []), now.ToUnixTimeSeconds() - 3, metrics),
            IsOver = isOver,
            Average = 999.9,
            ChangedAt = now.AddHours(-1),
        };
    }
}
