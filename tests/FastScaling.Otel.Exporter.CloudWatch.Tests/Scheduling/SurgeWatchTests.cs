using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class SurgeWatchTests
{
    private static readonly SurgeVerdict AllQuiet = new(IsRising: false, IsQuiet: true);
    private static readonly SurgeVerdict OneRises = new(IsRising: true, IsQuiet: false);
    private static readonly SurgeVerdict OneIsLoud = new(IsRising: false, IsQuiet: false);

    [Theory]
    [InlineData(ScalingSignals.RequestsPerSecond, 100, 1)]
    [InlineData(ScalingSignals.ActiveRequests, 50, 1)]
    [InlineData(ScalingSignals.ActiveConnections, 1000, 1)]
    [InlineData(ScalingSignals.QueueLength, 100, 2)]
    [InlineData(ScalingSignals.ResponseTime, 0.5, 2)]
    [InlineData(ScalingSignals.QueueDelay, 0.2, 2)]
    public void A_signal_rises_past_its_threshold_and_those_that_a_pause_can_raise_take_two_samples(ScalingSignals signal, double threshold, int samples)
    {
        var watch = Settled(signal, threshold / 10);

        Assert.Equal(AllQuiet, Verdict(watch, signal, threshold * 0.49));
        Assert.Equal(samples == 1 ? OneRises : OneIsLoud, Verdict(watch, signal, threshold * 3));
        Assert.Equal(OneRises, Verdict(watch, signal, threshold * 3));
    }

    [Theory]
    [InlineData(ScalingSignals.RequestsPerSecond, 100)]
    [InlineData(ScalingSignals.ActiveRequests, 50)]
    [InlineData(ScalingSignals.ActiveConnections, 1000)]
    [InlineData(ScalingSignals.QueueLength, 100)]
    public void A_count_scatters_by_chance_and_is_no_measure(ScalingSignals signal, double threshold)
    {
        // Five deviations of a hundred independent events are half of it, of ten thousand a twentieth.
        var watch = Settled(signal, threshold * 10);
        Verdict(watch, signal, threshold * 14.9);

        Assert.Equal(OneRises, Verdict(watch, signal, threshold * 14.9));
    }

    [Fact]
    public void Two_signals_that_rise_at_once_are_a_rise()
    {
        var watch = new SurgeWatch(new SurgeThresholds(), ScalingSignals.All, 0.5);
        var both = ScalingSignals.RequestsPerSecond | ScalingSignals.ActiveRequests;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AllQuiet, Verdict(watch, both, 5));
        }

        Assert.Equal(OneRises, Verdict(watch, both, 500));
        Assert.Equal(AllQuiet, watch.TakeVerdict());
    }

    [Fact]
    public void What_is_not_published_has_no_threshold_or_is_not_in_the_sample_says_nothing()
    {
        var off = new SurgeThresholds { RequestsPerSecond = null };
        Assert.Equal(AllQuiet, Verdict(new SurgeWatch(off, ScalingSignals.All, 0.5), ScalingSignals.RequestsPerSecond, 1e6));
        Assert.Equal(OneIsLoud, Verdict(new SurgeWatch(off, ScalingSignals.All, 0.5), ScalingSignals.All, 1e6));

        var few = new SurgeWatch(new SurgeThresholds(), ScalingSignals.RequestsPerSecond, 0.5);
        Assert.Equal(AllQuiet, Verdict(few, ScalingSignals.All & ~ScalingSignals.RequestsPerSecond, 1e6));
        Assert.Equal(OneIsLoud, Verdict(few, ScalingSignals.All, 1e6));
    }

    [Fact]
    public void The_durations_of_fewer_than_five_requests_say_nothing()
    {
        var watch = new SurgeWatch(new SurgeThresholds(), ScalingSignals.All, 0.5);

        Assert.Equal(AllQuiet, Verdict(watch, ScalingSignals.ResponseTime, 10, requests: 4));
        Assert.Equal(OneIsLoud, Verdict(watch, ScalingSignals.ResponseTime, 10, requests: 5));
    }

    [Fact]
    public void A_signal_of_the_applications_own_rises_at_once_when_it_has_a_threshold()
    {
        var (watched, other) = (new CustomSignal("Jobs", "Count", () => 0, 100), new CustomSignal("Files", "Count", () => 0, null));
        var watch = new SurgeWatch(new SurgeThresholds(), ScalingSignals.None, 0.5, [watched, other]);
        for (var i = 0; i < 20; i++)
        {
            watch.Observe(watched, 10);
            watch.Observe(other, i * 1e6);
            Assert.Equal(AllQuiet, watch.TakeVerdict());
        }

        watch.Observe(watched, 300);
        Assert.Equal(OneRises, watch.TakeVerdict());
    }

    private static SurgeWatch Settled(ScalingSignals signal, double value)
    {
        var watch = new SurgeWatch(new SurgeThresholds(), ScalingSignals.All, 0.5);
        for (var i = 0; i < 120; i++)
        {
            Assert.False(Verdict(watch, signal, value).IsRising);
        }

        return watch;
    }

    /// <summary>What a sample says in which some signals have this value, in the unit of the sample.</summary>
    private static SurgeVerdict Verdict(SurgeWatch watch, ScalingSignals signals, double value, int requests = 10)
    {
        var sample = new Sample
        {
            Signals = signals,
            RequestsPerSecond = value,
            ActiveRequests = value,
            ActiveConnections = value,
            QueueLength = value,
            QueueDelay = value,
        };
        sample.ResponseTime.Add(value, requests);
        watch.Observe(sample);
        return watch.TakeVerdict();
    }
}
