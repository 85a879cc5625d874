using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class DimensionNamesTests
{
    private const string Blanks = " \t\u00a0\u2003";

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData(" shop 2 ", "shop 2")]
    [InlineData("Bücher", "B_cher")]
    [InlineData("a\r\nb\0c", "a__b_c")]
    [InlineData("🛒", "_")]
    [InlineData("", "_")]
    [InlineData(" \t ", "_")]
    [InlineData("~!#$:/", "~!#$:/")]
    public void What_is_not_printable_becomes_an_underscore(string name, string expected) =>
        Assert.Equal(expected, DimensionNames.MakeAcceptable(name));

    // Not a case of the above: attributes cannot hold half a character.
    [Fact]
    public void Half_a_character_becomes_an_underscore() =>
        Assert.Equal("_x_", DimensionNames.MakeAcceptable("\ud800x\udc00"));

    [Fact]
    public void Only_the_first_1024_characters_count() =>
        Assert.Equal(new string('é', 1024).Replace('é', '_'), DimensionNames.MakeAcceptable(new string('é', 5_000)));

    [Fact]
    public void Any_name_becomes_one_that_CloudWatch_takes() =>
        Gen.OneOf(
            Gen.String[0, 1_200],
            Gen.Char.Array[0, 40].Select(characters => new string(characters)),
            Gen.Char['\ud7f0', '\ue010'].Array[0, 2_000].Select(characters => new string(characters)),
            Gen.Int[0, 3].Select(index => Blanks[index]).Array[0, 10].Select(blanks => new string(blanks)))
        .Sample(
            name =>
            {
                var value = DimensionNames.MakeAcceptable(name);

                Assert.InRange(value.Length, 1, 1024);
                Assert.True(value.All(character => character is >= ' ' and <= '~'), value);
                Assert.False(string.IsNullOrWhiteSpace(value));
                Assert.Equal(value.Trim(), DimensionNames.MakeAcceptable(value));
            },
            iter: 5_000,
            threads: 1);
}
