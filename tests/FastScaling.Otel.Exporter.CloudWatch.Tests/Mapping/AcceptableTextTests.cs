using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class AcceptableTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 300],
        Gen.Char.Array[0, 40].Select(characters => new string(characters)),
        Gen.Char['\ud7f0', '\ue010'].Array[0, 1_200].Select(characters => new string(characters)),
        Gen.Char["é:~ \0a0"].Array[0, 20].Select(characters => new string(characters)),
        Gen.Const(new string('x', 10_000)));

    [Theory]
    [InlineData("requests")]
    [InlineData("http.server.request.duration")]
    [InlineData("a b")]
    [InlineData("x:y~z")]
    public void What_is_acceptable_stays_as_it_is(string text)
    {
        Assert.Equal(text, AcceptableText.Name(text));
        Assert.Equal(text, AcceptableText.Value(text));
    }

    [Theory]
    [InlineData("größe", "gr__e~")]
    [InlineData(":x", "_x~")]
    [InlineData("a\nb", "a_b~")]
    [InlineData("🛒", "_~")]
    [InlineData("é !}~", "_ !}~~")]
    public void What_is_not_is_replaced_and_marked(string text, string start)
    {
        var name = AcceptableText.Name(text);

        Assert.StartsWith(start, name, StringComparison.Ordinal);
        Assert.Equal(start.Length + 12, name.Length);
        Assert.Equal(name, AcceptableText.Name(text));
    }

    [Fact]
    public void The_mark_is_the_same_in_every_process()
    {
        Assert.Equal("gr__e~0426a4768fa0", AcceptableText.Name("größe"));
        Assert.Equal("_x~4c07b4da68f1", AcceptableText.Name(":x"));
        Assert.Equal(" ~9d4c86012e1c", AcceptableText.Name(" "));
        Assert.Equal(":x", AcceptableText.Value(":x"));
    }

    [Fact]
    public void Texts_are_cut_only_beyond_the_longest_and_to_exactly_that()
    {
        var name = new string('n', AcceptableText.MaxNameLength);
        var value = new string('v', AcceptableText.MaxValueLength);

        Assert.Equal((name, value), (AcceptableText.Name(name), AcceptableText.Value(value)));
        Assert.Equal((255, 1024), (AcceptableText.Name(name + "n").Length, AcceptableText.Value(value + "v")!.Length));
        Assert.StartsWith(name[..242] + "~", AcceptableText.Name(name + "n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("~0123456789ab", true)]
    [InlineData("a~0123456789ab", true)]
    [InlineData("~0123456789a", false)]
    [InlineData("a~0123456789ag", false)]
    [InlineData("a-0123456789ab", false)]
    public void A_text_that_looks_marked_is_marked_too(string text, bool isMarked) =>
        Assert.Equal(isMarked, AcceptableText.Name(text) != text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u00a0")]
    public void A_blank_value_is_left_out(string? text) => Assert.Null(AcceptableText.Value(text));

    [Fact]
    public void Any_text_becomes_one_that_CloudWatch_takes() =>
        Texts.Sample(text =>
        {
            AssertAcceptable(AcceptableText.Name(text), 255);
            Assert.False(AcceptableText.Name(text).StartsWith(':'));
            if (AcceptableText.Value(text) is { } value)
            {
                AssertAcceptable(value, 1024);
            }
        });

    [Fact]
    public void Different_texts_stay_different() =>
        Gen.Select(Texts, Texts).Sample((one, other) =>
        {
            Assert.Equal(one == other, AcceptableText.Name(one) == AcceptableText.Name(other));

            // What was marked, given as a text of its own, is not taken for the first.
            var marked = AcceptableText.Name(one);
            Assert.Equal(marked == one, AcceptableText.Name(marked) == marked);
        });

    private static void AssertAcceptable(string text, int maxLength)
    {
        Assert.InRange(text.Length, 1, maxLength);
        Assert.True(text.All(character => character is >= ' ' and <= '~'), text);
        Assert.False(string.IsNullOrWhiteSpace(text));
    }
}
