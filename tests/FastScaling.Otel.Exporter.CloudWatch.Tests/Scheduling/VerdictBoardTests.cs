using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class VerdictBoardTests
{
    private static readonly Gen<SurgeVerdict> Verdicts = Gen.Select(Gen.Bool, Gen.Bool, static (isRising, isQuiet) => new SurgeVerdict(isRising, isQuiet));

    [Fact]
    public void What_one_source_says_stands_until_it_says_something_else() => Gen.Select(Verdicts, Verdicts).Array[2, 20].Sample(
        seconds =>
        {
            var board = new VerdictBoard();
            for (var i = 0; i < seconds.Length; i++)
            {
                var (signals, instruments) = seconds[i];
                var first = board.Add(TimeSpan.FromSeconds(i), SampleSource.Signals, signals);
                var both = board.Add(TimeSpan.FromSeconds(i + 0.01), SampleSource.Instruments, instruments);

                // The very first verdict of a source does not say yet how long it counts.
                var before = i < 2 ? new SurgeVerdict(false, true) : seconds[i - 1].Item2;
                Assert.Equal((signals.IsRising || before.IsRising, signals.IsQuiet && before.IsQuiet), (first.IsRising, first.IsQuiet));
                if (i > 0)
                {
                    Assert.Equal((signals.IsRising || instruments.IsRising, signals.IsQuiet && instruments.IsQuiet), (both.IsRising, both.IsQuiet));
                }
            }
        });

    [Fact]
    public void A_source_that_hangs_neither_keeps_a_surge_going_nor_quiet_mode_off()
    {
        var board = new VerdictBoard();
        board.Add(TimeSpan.FromSeconds(100), SampleSource.Instruments, new SurgeVerdict(true, false));
        board.Add(TimeSpan.FromSeconds(101), SampleSource.Instruments, new SurgeVerdict(true, false));

        Assert.True(board.Add(TimeSpan.FromSeconds(101.5), SampleSource.Signals, new SurgeVerdict(false, true)).IsRising);
        Assert.Equal(new SurgeVerdict(false, true), board.Add(TimeSpan.FromSeconds(104), SampleSource.Signals, new SurgeVerdict(false, true)));
    }
}
