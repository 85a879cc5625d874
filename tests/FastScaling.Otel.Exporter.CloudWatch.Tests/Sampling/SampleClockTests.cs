using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Sampling;

public class SampleClockTests
{
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(1_795_000_000);

    [Fact]
    public void A_clock_that_is_nearly_right_is_left_alone()
    {
        var clock = new SampleClock();
        var reading = new ClockReading(TimeSpan.FromSeconds(7), Epoch);

        Assert.Equal(reading, clock.Correct(reading, TimeSpan.FromSeconds(1.9)));
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public void A_clock_that_is_off_by_more_than_two_seconds_is_corrected_until_it_is_right_again()
    {
        var clock = new SampleClock();
        var off = TimeSpan.FromSeconds(-30);

        Assert.Equal(Epoch + off, clock.Correct(new(TimeSpan.Zero, Epoch), off).Wall);
        Assert.Equal(off, clock.Offset);

        // Half a second more or less, as replies tell it, moves no stamp.
        Assert.Equal(Epoch + off + TimeSpan.FromSeconds(1), clock.Correct(new(TimeSpan.FromSeconds(1), Epoch + TimeSpan.FromSeconds(1)), off + TimeSpan.FromSeconds(0.5)).Wall);

        var right = new ClockReading(TimeSpan.FromSeconds(2), Epoch - TimeSpan.FromSeconds(28));
        Assert.Equal(right, clock.Correct(right, TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public void However_the_wall_clock_jumps_the_stamps_stay_near_the_known_time() =>
        Gen.Select(Gen.Double[0, 5], Gen.Double[-100, 100], Gen.Double[-0.5, 0.5]).Array[1, 100].Sample(steps =>
        {
            var clock = new SampleClock();
            var (monotonic, wall) = (TimeSpan.Zero, Epoch);
            foreach (var (wait, jump, blur) in steps)
            {
                monotonic += TimeSpan.FromSeconds(wait);
                wall = Epoch + monotonic + TimeSpan.FromSeconds(jump);
                var known = TimeSpan.FromSeconds(blur) - TimeSpan.FromSeconds(jump);

                var corrected = clock.Correct(new(monotonic, wall), known);

                Assert.InRange((corrected.Wall - Epoch - monotonic).TotalSeconds, -2.6, 2.6);
                Assert.Equal(corrected.Wall - wall, clock.Offset);
            }
        });
}
