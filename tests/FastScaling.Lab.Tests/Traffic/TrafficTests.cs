using CsCheck;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Tests.Traffic;

public class TrafficTests
{
    [Theory]
    [InlineData("second,requests\n0,5\n1,7\n")]
    [InlineData("0,5\n1,7\n")]
    [InlineData("# a comment\ntime;requests;extra\n1700000000;5;x\n1700000001;7;y\n")]
    [InlineData("t\trequests\n2026-01-01T00:00:00Z\t5\n2026-01-01T00:00:01Z\t7\n")]
    [InlineData("0,2\n0.5,3\n1,7\n")]
    public void Files_of_several_forms_read_alike(string text)
    {
        var traffic = Read(text);

        Assert.Equal([5, 7], traffic.Requests);
        Assert.Empty(traffic.Masked);
    }

    [Fact]
    public void A_short_silence_is_silence_and_a_long_one_is_a_hole_that_is_masked()
    {
        var traffic = Read("0,10\n1,10\n2,0\n3,0\n4,10\n20,10\n");

        Assert.Equal(21, traffic.Seconds);
        Assert.Equal([10, 10, 0, 0, 10], traffic.Requests.Take(5));
        Assert.Equal(15, traffic.MaskedSeconds);
        Assert.All(Enumerable.Range(5, 15), second => Assert.Equal((true, 6), (traffic.Masked[second], traffic.Requests[second])));
        Assert.Equal(10, traffic.Median);
    }

    [Theory]
    [InlineData("", 1, "no traffic")]
    [InlineData("second,requests\n", 1, "no traffic")]
    [InlineData("second,requests\n0,5\nx,6\n", 3, "'x' is neither a second nor a time")]
    [InlineData("0,5\n1,many\n", 2, "'many' is not a number of requests")]
    [InlineData("0,5\n1,-2\n", 2, "'-2' is not a number of requests")]
    [InlineData("5,5\n1,2\n", 2, "times must rise")]
    [InlineData("0,5\n9999999,2\n", 2, "More than a week")]
    [InlineData("just text\n", 1, "one column")]
    public void A_bad_file_is_an_error_with_its_line(string text, int line, string message)
    {
        var error = Assert.Throws<TrafficException>(() => Read(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Garbage_is_read_or_refused()
    {
        Gen.Char["0123456789,;.\n-:TZe #"].Array[0, 60].Select(characters => new string(characters)).Sample(IsReadOrRefused, iter: Depth.Of(1000));
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                return IsReadOrRefused(new string(Damage.Of(Files[random.Next(Files.Length)].ToCharArray(), Words, random)));
            },
            iter: Depth.Of(1000));
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        Gen.Int[0, 300].Array[1, 200].Sample(counts =>
        {
            using var text = new StringWriter();
            TrafficWriter.Write(text, new TrafficProfile("x", counts, []));
            using var reader = new StringReader(text.ToString());
            return TrafficReader.Read(reader, "x", longestSilence: null).Requests.SequenceEqual(counts);
        });
    }

    [Theory]
    [InlineData("Day")]
    [InlineData("Step")]
    [InlineData("Ramp")]
    [InlineData("Burst")]
    public void The_same_seed_gives_the_same_traffic_and_another_seed_another(string kind)
    {
        var profile = Enum.Parse<ProfileKind>(kind);

        Assert.Equal(Generate(1), Generate(1));
        Assert.NotEqual(Generate(1), Generate(2));

        IReadOnlyList<int> Generate(int seed) => TrafficGenerator.Generate(profile, 3000, 50, 4, seed).Requests;
    }

    [Fact]
    public void A_day_has_a_night_and_surges()
    {
        var day = TrafficGenerator.Generate(ProfileKind.Day, 86_400, 100, 4, 1);

        var night = day.Part(3 * 3600, 3600).Mean;
        var evening = day.Part(19 * 3600, 3600).Mean;
        Assert.True(evening > 3 * night, $"{night} {evening}");
        Assert.InRange(SurgeFinder.Find(day).Count, 3, 30);
    }

    [Fact]
    public void The_surge_of_a_step_is_found_at_its_second()
    {
        var surge = Assert.Single(SurgeFinder.Find(TrafficGenerator.Generate(ProfileKind.Step, 1200, 100, 4, 1)));

        Assert.Equal(300, surge);
    }

    [Fact]
    public void Steady_traffic_has_no_surge()
    {
        Gen.Int[1, 1000].Sample(seed => SurgeFinder.Find(TrafficGenerator.Generate(ProfileKind.Step, 2000, 30, 1, seed)).Count == 0, iter: Depth.Of(50));
    }

    [Fact]
    public void Scaling_keeps_the_mean()
    {
        var traffic = TrafficGenerator.Generate(ProfileKind.Step, 5000, 20, 2, 1);

        Assert.InRange(traffic.Scale(0.13, 7).Mean, traffic.Mean * 0.13 * 0.97, traffic.Mean * 0.13 * 1.03);
        Assert.Equal(traffic.Scale(0.13, 7).Requests, traffic.Scale(0.13, 7).Requests);
    }

    private static string[] Files { get; } =
    [
        "second,requests\n0,5\n1,7\n2,0\n9,3\n", "# a comment\ntime;requests;extra\n1700000000;5;x\n1700000001;7;y\n",
        "t\trequests\n2026-01-01T00:00:00Z\t5\n2026-01-01T00:00:01.5Z\t7\n", "\"0\",\"2\"\n\"0.5\",\"3\"\n",
    ];

    private static char[][] Words { get; } =
        [.. ((string[])["1e308", "-1e308", "NaN", "Infinity", "604799", "2147483647", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", ",", ";", "\t", "\n", "\r", "\"", "#", " ", "\0", ","]).Select(static word => word.ToCharArray())];

    private static bool IsReadOrRefused(string text)
    {
        try
        {
            var traffic = Read(text);
            return traffic.Seconds is > 0 and <= TrafficProfile.MaxSeconds && traffic.Requests.All(static count => count >= 0);
        }
        catch (TrafficException error)
        {
            return error.Line >= 1;
        }
    }

    private static TrafficProfile Read(string text)
    {
        using var reader = new StringReader(text);
        return TrafficReader.Read(reader, "x");
    }
}
