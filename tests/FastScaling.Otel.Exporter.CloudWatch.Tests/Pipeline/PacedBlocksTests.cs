using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class PacedBlocksTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(54);

    [Fact]
    public void Blocks_leave_one_by_one_in_equal_shares_of_the_window() =>
        Gen.Select(Gen.Int[1, 30], Gen.Double[0, 0.999]).Sample((count, phase) =>
        {
            var paced = new PacedBlocks();
            Sample[] blocks = [.. Enumerable.Range(0, count).Select(_ => new Sample())];
            paced.Add(blocks, TimeSpan.FromSeconds(100), Window, phase);

            var now = TimeSpan.FromSeconds(100);
            foreach (var block in blocks)
            {
                now += paced.UntilDue(now)!.Value;
                Assert.Null(paced.TakeDue(now - TimeSpan.FromTicks(1)));
                Assert.Same(block, paced.TakeDue(now));
                Assert.Null(paced.TakeDue(now));
            }

            Assert.Null(paced.UntilDue(now));
            Assert.InRange(now, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(100) + Window);
        });

    [Fact]
    public void What_waits_from_before_does_not_wait_longer()
    {
        var paced = new PacedBlocks();
        Sample[] first = [new(), new()];
        paced.Add(first, TimeSpan.Zero, Window, 0.5);

        paced.Add([new Sample()], TimeSpan.FromSeconds(1), Window, 0.5);

        Assert.Same(first[0], paced.TakeDue(TimeSpan.FromSeconds(1)));
        Assert.Same(first[1], paced.TakeDue(TimeSpan.FromSeconds(1)));
        Assert.Null(paced.TakeDue(TimeSpan.FromSeconds(1)));
    }
}
