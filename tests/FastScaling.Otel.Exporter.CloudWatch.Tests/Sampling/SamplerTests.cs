using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Sampling;

public class SamplerTests
{
    private const long FirstSecond = 1_795_000_000;
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(FirstSecond + 1);
    private static readonly TimeSpan NoWarmUp = TimeSpan.Zero;

    private readonly PendingSamples _pending = new(32 * 1024 * 1024, TimeSpan.FromHours(1), (_, _) => Assert.Fail("Nothing may be dropped here."), TimeProvider.System);

    [Fact]
    public void An_idle_second_is_a_zero_and_has_no_response_time()
    {
        var sampler = new Sampler(ScalingSignals.All, NoWarmUp);

        Take(sampler, Reading());

        var sample = Assert.Single(TakeAll());
        Assert.Equal(ScalingSignals.All & ~ScalingSignals.ResponseTime, sample.Signals);
        Assert.Equal(0, sample.RequestsPerSecond);
        Assert.Equal(FirstSecond, sample.Second);
    }

    [Fact]
    public void Nothing_is_sent_before_the_first_request_or_the_end_of_the_warm_up()
    {
        var sampler = new Sampler(ScalingSignals.All, Now + TimeSpan.FromSeconds(30));

        Take(sampler, Reading(), Now);
        Take(sampler, Reading(), Now + TimeSpan.FromSeconds(29));
        Assert.Empty(TakeAll());

        Take(sampler, Reading(), Now + TimeSpan.FromSeconds(30));
        Assert.Single(TakeAll());
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void The_first_sign_of_work_ends_the_warm_up_for_good(int ended, int active, int queued)
    {
        var sampler = new Sampler(ScalingSignals.All, Now + TimeSpan.FromHours(1));
        var reading = Reading();
        (reading.EndedRequests, reading.ActiveRequests, reading.QueuedRequests) = (ended, active, queued);

        Take(sampler, reading);
        Take(sampler, Reading());

        Assert.Equal(2, TakeAll().Count);
    }

    [Fact]
    public void Work_of_the_thread_pool_alone_does_not_end_the_warm_up()
    {
        var sampler = new Sampler(ScalingSignals.All, Now + TimeSpan.FromHours(1));
        var reading = Reading();
        (reading.QueuedWorkItems, reading.QueueDelay) = (3, 0.01);

        Take(sampler, reading);

        Assert.Empty(TakeAll());
    }

    [Fact]
    public void A_task_that_is_being_stopped_sends_what_it_serves_and_no_zeros()
    {
        var sampler = new Sampler(ScalingSignals.All, NoWarmUp) { IsDraining = true };
        var reading = Reading();
        reading.ActiveRequests = 3;
        Take(sampler, reading);
        Take(sampler, Reading());

        var sample = Assert.Single(TakeAll());

        Assert.Equal(ScalingSignals.RequestsPerSecond | ScalingSignals.ActiveRequests, sample.Signals);
    }

    [Fact]
    public void The_queue_is_the_sum_of_its_parts()
    {
        var sampler = new Sampler(ScalingSignals.All, NoWarmUp);
        var reading = Reading();
        (reading.QueuedRequests, reading.QueuedWorkItems) = (7, 35);

        Take(sampler, reading);

        Assert.Equal(42, Assert.Single(TakeAll()).QueueLength);
    }

    [Theory]
    [InlineData(ScalingSignals.RequestsPerSecond)]
    [InlineData(ScalingSignals.ResponseTime)]
    [InlineData(ScalingSignals.ActiveRequests)]
    [InlineData(ScalingSignals.ActiveConnections)]
    [InlineData(ScalingSignals.QueueLength)]
    [InlineData(ScalingSignals.QueueDelay)]
    public void A_signal_that_is_switched_off_or_has_no_instrument_is_not_there(ScalingSignals signal)
    {
        var switchedOff = new Sampler(ScalingSignals.All & ~signal, NoWarmUp);
        var on = new Sampler(ScalingSignals.All, NoWarmUp);

        Take(switchedOff, BusyReading());
        Take(on, BusyReading());
        var missing = BusyReading();
        missing.Available &= ~signal;
        Take(on, missing);

        Assert.Equal(
            [ScalingSignals.All & ~signal, ScalingSignals.All, ScalingSignals.All & ~signal],
            TakeAll().AsEnumerable().Reverse().Select(sample => sample.Signals));
    }

    [Fact]
    public void A_late_collection_splits_its_count_and_gives_what_it_measured_now_to_the_last_second()
    {
        var sampler = new Sampler(ScalingSignals.All, NoWarmUp);
        var reading = BusyReading();
        (reading.EndedRequests, reading.ActiveRequests) = (8, 2);

        sampler.Take(reading, new SampleRange(FirstSecond, 3, 1, 0, TimeSpan.Zero), Now, _pending);

        var samples = TakeAll().OrderBy(sample => sample.Second).ToList();
        Assert.Equal([3, 3, 4], samples.Select(sample => sample.RequestsPerSecond));
        Assert.Equal(
            [ScalingSignals.RequestsPerSecond, ScalingSignals.RequestsPerSecond, ScalingSignals.All],
            samples.Select(sample => sample.Signals));
    }

    [Fact]
    public void A_longer_sample_interval_gives_a_rate_per_second()
    {
        var sampler = new Sampler(ScalingSignals.All, NoWarmUp);
        var reading = Reading();
        reading.EndedRequests = 50;

        sampler.Take(reading, new SampleRange(FirstSecond, 1, 5, 0, TimeSpan.Zero), Now, _pending);

        Assert.Equal(10, Assert.Single(TakeAll()).RequestsPerSecond);
    }

    [Fact]
    public void Whatever_the_load_and_the_delays_requests_are_conserved_in_whole_numbers() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 500], Gen.Int[1, 60]).Array[1, 50].Sample(steps =>
        {
            var pending = new PendingSamples(1L << 40, TimeSpan.FromHours(1), (_, _) => Assert.Fail("Nothing may be dropped here."), TimeProvider.System);
            var sampler = new Sampler(ScalingSignals.All, NoWarmUp);
            long second = FirstSecond, arrived = 0, active = 0;
            foreach (var (starts, ends, late) in steps)
            {
                arrived += starts;
                var ended = Math.Min(ends, active + starts);
                active += starts - ended;
                var reading = Reading();
                (reading.EndedRequests, reading.ActiveRequests) = (ended, active);
                sampler.Take(reading, new SampleRange(second, late, 1, 0, TimeSpan.Zero), Now, pending);
                second += late;
            }

            double sum = 0;
            var seconds = new HashSet<long>();
            while (pending.TakeNewest() is { } sample)
            {
                Assert.True(seconds.Add(sample.Second));
                Assert.True(sample.RequestsPerSecond >= 0 && double.IsInteger(sample.RequestsPerSecond));
                sum += sample.RequestsPerSecond;
            }

            Assert.Equal(arrived, sum);
            Assert.Equal(second - FirstSecond, seconds.Count);
        });

    private void Take(Sampler sampler, SignalReading reading, TimeSpan? now = null) =>
        sampler.Take(reading, new SampleRange(FirstSecond, 1, 1, 0, TimeSpan.Zero), now ?? Now, _pending);

    private static SignalReading Reading() => new() { Available = ScalingSignals.All };

    private static SignalReading BusyReading()
    {
        var reading = Reading();
        (reading.EndedRequests, reading.ActiveRequests, reading.ActiveConnections) = (10, 5, 4);
        (reading.QueuedRequests, reading.QueuedWorkItems, reading.QueueDelay) = (2, 3, 0.5);
        reading.Durations.Add(0.02, 10);
        return reading;
    }

    private List<Sample> TakeAll()
    {
        var samples = new List<Sample>();
        while (_pending.TakeNewest() is { } sample)
        {
            samples.Add(sample);
        }

        return samples;
    }

    [Fact]
    public void Whatever_the_wall_clock_does_every_arrival_is_published_or_counted_as_held() =>
        Gen.Select(Gen.Double[0, 6], Gen.Frequency((4, Gen.Const(0.0)), (1, Gen.Double[-30, 30])), Gen.Int[0, 500]).Array[1, 200].Sample(
            steps =>
            {
                var pending = new PendingSamples(1L << 40, TimeSpan.FromDays(1), (_, _) => Assert.Fail("Nothing may be dropped here."), TimeProvider.System);
                var schedule = new SampleSchedule(TimeSpan.FromSeconds(1), new ClockReading(TimeSpan.Zero, Now));
                var sampler = new Sampler(ScalingSignals.RequestsPerSecond, TimeSpan.Zero);
                var (monotonic, ahead, arrived, waiting, held, published) = (TimeSpan.Zero, TimeSpan.Zero, 0L, 0L, 0L, 0.0);
                foreach (var (wait, jump, count) in steps)
                {
                    monotonic += TimeSpan.FromSeconds(wait);
                    ahead += TimeSpan.FromSeconds(jump);
                    arrived += count;
                    waiting += count;
                    var range = schedule.Take(new ClockReading(monotonic, Now + monotonic + ahead));
                    if (range.Count == 0)
                    {
                        continue;
                    }

                    var reading = new SignalReading { Available = ScalingSignals.RequestsPerSecond, EndedRequests = waiting };
                    waiting = 0;
                    sampler.Take(reading, range, monotonic, pending);
                    held += sampler.Held;
                    while (pending.TryTakeNewest(PendingPlace.Fresh, out var part))
                    {
                        published += part.Sample.RequestsPerSecond;
                        pending.Release(part);
                    }

                    Assert.Equal(arrived, published + held + waiting);
                }
            },
            iter: Depth.Of(1_000),
            threads: 1);
}
