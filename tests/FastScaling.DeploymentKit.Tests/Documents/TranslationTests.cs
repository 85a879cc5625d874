using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>README.ko.md says what README.md says: code, figures, links, tables, block by block.</summary>
public class TranslationTests
{
    private const string LanguageLinks = "README";

    [Fact]
    public void Both_documents_have_the_same_blocks_with_the_same_code_figures_and_links()
    {
        var english = Blocks("README.md");
        var korean = Blocks("README.ko.md");

        Assert.All(english.Zip(korean), pair => Assert.True(
            pair.First.Facts() == pair.Second.Facts(),
            $"README.md, line {pair.First.Line}:\n{pair.First.Facts()}\nREADME.ko.md, line {pair.Second.Line}:\n{pair.Second.Facts()}"));
        Assert.Equal(english.Count, korean.Count);
    }

    [Theory]
    [InlineData("README.md", "README.ko.md")]
    [InlineData("README.ko.md", "README.md")]
    public void Each_links_to_the_other_at_its_top(string document, string other) =>
        Assert.Contains($"]({other})", string.Join('\n', Repository.Read(document).Split('\n').Take(5)), StringComparison.Ordinal);

    [Fact]
    public void The_translation_is_one()
    {
        var translated = MarkdownBlock.All(Repository.Read("README.ko.md"))
            .Where(block => block.Kind is "text" or "-" or "1.")
            .Where(block => !block.Text.StartsWith("[MIT]", StringComparison.Ordinal));

        Assert.All(translated, block => Assert.Contains(block.Text, letter => letter is >= '가' and <= '힣'));
    }

    // A change of any of these in one of the documents alone must be seen.
    [Theory]
    [InlineData("after 9.2 s in `x`", "after 9.3 s in `x`")]
    [InlineData("after 9.2 s in `x`", "after 9.2 s in `y`")]
    [InlineData("see [a](b.md#c)", "see [a](b.md#d)")]
    [InlineData("| a | b |", "| a | b | c |")]
    [InlineData("- a", "a")]
    [InlineData("```sh\nrun 1\n```", "```sh\nrun 2\n```")]
    [InlineData("a\n\nb 1", "a 1\n\nb")]
    public void What_differs_is_seen(string one, string other) => Assert.NotEqual(
        MarkdownBlock.All(one).Select(block => block.Facts()),
        MarkdownBlock.All(other).Select(block => block.Facts()));

    [Fact]
    public void The_order_of_words_and_the_breaks_of_lines_do_not_matter() => Assert.Equal(
        MarkdownBlock.All("after 9.2 s\nand 14.2 s in `x`").Select(block => block.Facts()),
        MarkdownBlock.All("`x` 에서 14.2초와 9.2초").Select(block => block.Facts()));

    private static List<MarkdownBlock> Blocks(string document) =>
        [.. MarkdownBlock.All(Repository.Read(document)).Where(block => block.Kind != "text" || !block.Facts().Contains($"]({LanguageLinks}", StringComparison.Ordinal))];
}
