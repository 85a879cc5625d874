using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public class RateLimitTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_first_message_passes_and_then_one_a_period() =>
        Gen.Long[0, 90 * TimeSpan.TicksPerSecond].Array[1, 100].Sample(
            steps =>
            {
                var limit = new RateLimit(Period);
                var now = TimeSpan.Zero;
                TimeSpan? last = null;
                foreach (var step in steps)
                {
                    now += new TimeSpan(step);
                    var mayPass = last is null || now - last >= Period;

                    Assert.Equal(mayPass, limit.Allows(now));
                    last = mayPass ? now : last;
                }
            },
            threads: 1);
}
