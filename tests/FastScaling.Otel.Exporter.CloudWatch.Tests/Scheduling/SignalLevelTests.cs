using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class SignalLevelTests
{
    private const double Threshold = 100;

    [Fact]
    public void A_step_past_the_threshold_is_a_rise_for_a_few_samples_and_then_the_level()
    {
        var level = Settled(50);

        Assert.True(level.Observe(300));
        Assert.Equal(SignalLevel.FollowUps, Enumerable.Range(0, 600).Count(_ => level.Observe(300)));
    }

    [Theory]
    [InlineData(20, 49, false)]
    [InlineData(20, 80, true)]
    [InlineData(0, 50, true)]
    [InlineData(90, 110, false)]
    [InlineData(300, 320, false)]
    [InlineData(300, 450, true)]
    [InlineData(25, 50, true)]
    [InlineData(25, 49.9, false)]
    public void A_rise_counts_from_half_of_the_threshold_and_must_be_a_change_of_level(double from, double to, bool isRise) =>
        Assert.Equal(isRise, Settled(from).Observe(to));

    [Fact]
    public void What_a_process_starts_with_is_no_rise()
    {
        var level = new SignalLevel(Threshold, SignalNoise.Count, 1);

        Assert.DoesNotContain(true, Enumerable.Range(0, SignalLevel.Learning).Select(i => level.Observe(i % 2 == 0 ? 500 : 0)));
    }

    [Fact]
    public void A_rise_is_seen_right_after_the_first_samples_and_their_level_is_no_noise()
    {
        var level = new SignalLevel(Threshold, SignalNoise.Count, 1);
        for (var i = 0; i < SignalLevel.Learning; i++)
        {
            level.Observe(300);
        }

        Assert.True(level.Observe(450));
    }

    [Fact]
    public void A_measure_must_rise_by_half_of_its_level()
    {
        Assert.False(Settled(400, SignalNoise.Measure).Observe(599));
        Assert.True(Settled(400, SignalNoise.Measure).Observe(600));
    }

    [Fact]
    public void However_it_goes_on_a_rise_ends_after_half_a_minute()
    {
        var level = Settled(50);

        // A new high with every fourth sample, each too low to be a rise of its own.
        var rising = Enumerable.Range(0, 60).Select(second => level.Observe(300 + (second / 4 * 20))).ToArray();

        Assert.All(rising[..SignalLevel.LongestRise], Assert.True);
        Assert.All(rising[SignalLevel.LongestRise..], Assert.False);
    }

    [Theory]
    [InlineData(39, 3)]
    [InlineData(39.1, 4)]
    public void A_new_high_is_more_than_half_a_deviation_above_the_last(double next, int followUps)
    {
        var level = Settled(0, threshold: 40);

        // The deviation is the root of the level, 6.
        Assert.True(level.Observe(36));
        Assert.Equal(followUps, Enumerable.Range(0, 60).Count(i => level.Observe(i == 0 ? next : 36)));
    }

    [Fact]
    public void A_level_that_goes_back_and_forth_around_the_threshold_is_no_rise()
    {
        var level = Settled(80);
        var rises = Enumerable.Range(0, 3600).Count(i => level.Observe(i % 2 == 0 ? 80 : 120));

        Assert.Equal(0, rises);
    }

    [Fact]
    public void A_wide_swing_is_noise_while_it_lasts_and_is_forgotten_after_it()
    {
        var level = new SignalLevel(Threshold, SignalNoise.Count, 1);
        Assert.DoesNotContain(true, Enumerable.Range(0, 600).Select(i => level.Observe(i % 2 == 0 ? 20 : 180)));
        Assert.DoesNotContain(true, Enumerable.Range(0, 300).Select(_ => level.Observe(100)));

        Assert.True(level.Observe(200));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(95)]
    [InlineData(150)]
    [InlineData(1000)]
    public void The_noise_of_a_steady_service_is_hardly_ever_a_rise(double rate)
    {
        // A day: about one chance event of five deviations is to be expected.
        var random = new Random(7);
        var level = new SignalLevel(Threshold, SignalNoise.Count, 1);
        var (rises, was) = (0, false);
        for (var i = 0; i < 86_400; i++)
        {
            var isRise = level.Observe(Math.Max(0, Math.Round(rate + (Math.Sqrt(rate) * Gaussian(random)))));
            rises += isRise && !was ? 1 : 0;
            was = isRise;
        }

        Assert.InRange(rises, 0, 2);
    }

    [Fact]
    public void A_second_surge_is_seen_half_a_minute_after_the_first()
    {
        var level = Settled(50);
        for (var i = 0; i < 300; i++)
        {
            level.Observe(300);
        }

        for (var i = 0; i < 30; i++)
        {
            Assert.False(level.Observe(50));
        }

        Assert.True(level.Observe(300));
    }

    [Fact]
    public void A_ramp_is_a_rise_for_as_long_as_it_goes_on()
    {
        var level = Settled(50);
        var rising = Enumerable.Range(1, 30).Select(second => level.Observe(50 + (second * 250.0 / 30))).ToArray();

        Assert.InRange(Array.IndexOf(rising, true), 3, 10);
        Assert.All(rising.Skip(Array.IndexOf(rising, true)), Assert.True);
    }

    [Fact]
    public void A_signal_of_which_one_value_says_little_takes_two()
    {
        var level = new SignalLevel(Threshold, SignalNoise.Measure, 2);
        for (var i = 0; i < 60; i++)
        {
            level.Observe(5);
        }

        Assert.False(level.Observe(400));
        Assert.False(level.Observe(5));
        for (var i = 0; i < 120; i++)
        {
            level.Observe(5);
        }

        Assert.False(level.Observe(400));
        Assert.True(level.Observe(420));
    }

    private static SignalLevel Settled(double value, SignalNoise kind = SignalNoise.Count, double threshold = Threshold)
    {
        var level = new SignalLevel(threshold, kind, 1);
        for (var i = 0; i < 120; i++)
        {
            level.Observe(value);
        }

        return level;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
