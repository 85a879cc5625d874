using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class ClockOffsetTests
{
    [Fact]
    public void Nothing_known_is_no_offset() => Assert.Equal(TimeSpan.Zero, new ClockOffset(new ManualTime()).Offset);

    [Fact]
    public void Clocks_that_agree_have_no_offset_whatever_the_network() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 5000], Gen.Int[0, 20_000]).Array[1, 50].Sample(replies =>
        {
            var (time, clock) = Create(TimeSpan.Zero);
            foreach (var (there, back, pause) in replies)
            {
                Call(time, clock, TimeSpan.Zero, there, back, pause);
                Assert.Equal(TimeSpan.Zero, clock.Offset);
            }
        });

    [Fact]
    public void An_offset_is_found_to_half_a_second_and_half_a_round_trip_and_several_replies_narrow_it() =>
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Select(Gen.Int[0, 500], Gen.Int[0, 500], Gen.Int[0, 20_000]).Array[1, 50]).Sample((milliseconds, replies) =>
        {
            var off = TimeSpan.FromMilliseconds(milliseconds);
            var (time, clock) = Create(TimeSpan.Zero);
            var worst = TimeSpan.MaxValue;
            foreach (var (there, back, pause) in replies)
            {
                Call(time, clock, off, there, back, pause);
                var bound = TimeSpan.FromMilliseconds(1000 + there + back);
                worst = bound < worst ? bound : worst;
                var error = (clock.Offset - off).Duration();

                // Zero is preferred while it agrees with what is known. Drift widens what is known by 0.2 ms a second.
                Assert.InRange(error, TimeSpan.Zero, (clock.Offset == TimeSpan.Zero ? worst : worst / 2) + TimeSpan.FromMilliseconds(300));
            }
        });

    [Fact]
    public void A_wall_clock_that_is_set_changes_the_offset_at_once()
    {
        var (time, clock) = Create(TimeSpan.Zero);
        Call(time, clock, TimeSpan.Zero, 10, 10, 0);

        time.WallShift = TimeSpan.FromHours(1);
        Assert.InRange(clock.Offset, TimeSpan.FromHours(-1) - TimeSpan.FromSeconds(1), TimeSpan.FromHours(-1) + TimeSpan.FromSeconds(1));

        time.WallShift = TimeSpan.Zero;
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public void A_reply_that_contradicts_all_before_it_is_believed()
    {
        var (time, clock) = Create(TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
        {
            Call(time, clock, TimeSpan.Zero, 10, 10, 777);
        }

        // The machine slept for an hour, and its monotonic clock stood.
        Call(time, clock, TimeSpan.FromHours(1), 10, 10, 0);

        Assert.InRange(clock.Offset, TimeSpan.FromMinutes(59.9), TimeSpan.FromMinutes(60.1));
    }

    private static (ManualTime Time, ClockOffset Clock) Create(TimeSpan shift)
    {
        var time = new ManualTime { WallShift = shift };
        return (time, new ClockOffset(time));
    }

    private static void Call(ManualTime time, ClockOffset clock, TimeSpan off, int there, int back, int pause)
    {
        time.Advance(TimeSpan.FromMilliseconds(pause));
        var sent = clock.Now;
        time.Advance(TimeSpan.FromMilliseconds(there));
        var date = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() - time.WallShift + off).ToUnixTimeSeconds());
        time.Advance(TimeSpan.FromMilliseconds(back));
        clock.Observe(date, sent, clock.Now);
    }
}
