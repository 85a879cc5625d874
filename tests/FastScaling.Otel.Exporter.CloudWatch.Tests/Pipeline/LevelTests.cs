using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class LevelTests
{
    [Fact]
    public void What_was_there_before_anyone_listened_is_added_as_soon_as_it_shows() => Gen.Select(Gen.Int[0, 5], Gen.Bool.Array[0, 50]).Sample((missed, moves) =>
    {
        var level = new Level();
        var (real, measured) = ((long)missed, 0L);
        foreach (var isUp in moves)
        {
            var step = isUp || real == 0 ? 1 : -1;
            real += step;
            measured += step;
            Assert.InRange(level.Of(measured), 0, real);
        }

        // Once all of it has gone, all of it is known.
        Assert.Equal(0, level.Of(measured - real));
        Assert.Equal(7, level.Of(measured - real + 7));
    });
}
