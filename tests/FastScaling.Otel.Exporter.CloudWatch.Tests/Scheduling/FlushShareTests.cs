using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class FlushShareTests
{
    [Fact]
    public void It_is_halved_by_each_throttled_call_and_doubles_every_two_minutes()
    {
        var share = new FlushShare();
        Assert.Equal(1, share.ShareAt(TimeSpan.FromMinutes(10)));

        share.Throttled(TimeSpan.FromMinutes(10));
        share.Throttled(TimeSpan.FromMinutes(10));
        Assert.Equal(0.25, share.ShareAt(TimeSpan.FromMinutes(10)));
        Assert.Equal(0.5, share.ShareAt(TimeSpan.FromMinutes(12)), 12);
        share.Throttled(TimeSpan.FromMinutes(13));
        Assert.Equal(Math.Sqrt(2) / 4, share.ShareAt(TimeSpan.FromMinutes(13)), 12);
        Assert.Equal(1, share.ShareAt(TimeSpan.FromMinutes(20)));
    }
}
