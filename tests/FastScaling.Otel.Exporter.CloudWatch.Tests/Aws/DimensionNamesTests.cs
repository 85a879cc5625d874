using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class DimensionNamesTests
{
    private const string Blanks = " \t\u00a0\u2003";

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData(" shop 2 ", "shop 2")]
    [InlineData("", "_")]
    [InlineData(" \t ", "_")]
    [InlineData("~!#$:/", "~!#$:/")]
    public void Blanks_around_a_name_do_not_count_and_a_blank_one_is_an_underscore(string name, string expected) =>
        Assert.Equal(expected, DimensionNames.MakeAcceptable(name));

    [Theory]
    [InlineData("Bücher", "B_cher~")]
    [InlineData("a\r\nb\0c", "a__b_c~")]
    [InlineData("🛒", "_~")]
    public void What_is_not_printable_becomes_an_underscore_and_a_hash_tells_such_names_apart(string name, string start) =>
        Assert.StartsWith(start, DimensionNames.MakeAcceptable(name), StringComparison.Ordinal);

    // Not a case of the above: attributes cannot hold half a character.
    [Fact]
    public void Half_a_character_becomes_an_underscore() =>
        Assert.StartsWith("_x_~", DimensionNames.MakeAcceptable("\ud800x\udc00"), StringComparison.Ordinal);

    [Fact]
    public void Only_the_first_1024_characters_count() =>
        Assert.Matches("^_{1011}~[0-9a-f]{12}$", DimensionNames.MakeAcceptable(new string('é', 5_000)));

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
            },
            iter: Depth.Of(5_000),
            threads: 1);
}
