using FastScaling.Otel.Exporter.CloudWatch.Delivery;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class BackoffTests
{
    [Fact]
    public void The_longest_wait_doubles_up_to_a_bound() =>
        Assert.Equal(
            [0.2, 0.4, 0.8, 1.6, 2, 2],
            Enumerable.Range(1, 6).Select(attempt => Backoff.OfFailures.Delay(attempt, 1).TotalSeconds));

    [Fact]
    public void After_throttling_it_is_longer() =>
        Assert.Equal([1, 2, 2], Enumerable.Range(1, 3).Select(attempt => Backoff.OfThrottling.Delay(attempt, 1).TotalSeconds));

    [Theory]
    [InlineData(1, 0.5, 0.1)]
    [InlineData(9, 0.5, 1)]
    [InlineData(9, 0, 0)]
    public void A_wait_is_any_part_of_the_longest(int attempt, double random, double seconds) =>
        Assert.Equal(seconds, Backoff.OfFailures.Delay(attempt, random).TotalSeconds);
}
