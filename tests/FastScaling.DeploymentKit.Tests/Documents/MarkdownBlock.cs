using System.Globalization;
using System.Text.RegularExpressions;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>A heading, a paragraph, an item of a list, a row of a table or a block of code, and what of it must survive a translation.</summary>
/// <param name="Line">Where it begins, from 1, for messages.</param>
/// <param name="Kind">What it is: <c>##</c>, <c>-</c>, <c>1.</c>, <c>|</c>, <c>![</c>, <c>code</c> or <c>text</c>.</param>
/// <param name="Text">Its text; of code as it stands.</param>
internal sealed partial record MarkdownBlock(int Line, string Kind, string Text)
{
    /// <summary>All blocks of a document in their order.</summary>
    public static List<MarkdownBlock> All(string document)
    {
        var blocks = new List<MarkdownBlock>();
        var isCode = false;
        var isOpen = false;
        foreach (var (number, line) in document.Split('\n').Index())
        {
            var text = line.Trim();
            if (text.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                isOpen = false;
                if (isCode)
                {
                    blocks.Add(new MarkdownBlock(number + 1, "code", text));
                }
            }
            else if (isCode)
            {
                blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text}\n{line}" };
            }
            else if (text.Length == 0)
            {
                isOpen = false;
            }
            else if (isOpen && !Opening().IsMatch(text))
            {
                blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text} {text}" };
            }
            else
            {
                blocks.Add(new MarkdownBlock(number + 1, Opening().Match(text) is { Success: true } opening ? opening.Value : "text", text));
                isOpen = true;
            }
        }

        return blocks;
    }

    /// <summary>
    /// What is the same in each language: kind, columns, code, links and figures; of code all of it. In the order of the alphabet, because that
    /// of a sentence differs between languages.
    /// </summary>
    public string Facts() => Kind == "code" ? Text : string.Join('\n',
    [
        Kind,
        .. Kind == "|" ? [string.Create(CultureInfo.InvariantCulture, $"{Text.Count(letter => letter == '|')} bars")] : Array.Empty<string>(),
        .. Code().Matches(Text).Select(match => match.Value).Order(StringComparer.Ordinal),
        .. Link().Matches(Text).Select(match => match.Value).Order(StringComparer.Ordinal),
        .. Number().Matches(Link().Replace(Code().Replace(Text, ""), "")).Select(match => match.Value).Order(StringComparer.Ordinal),
    ]);

    [GeneratedRegex(@"^(#+|[-*](?= )|\d+\.(?= )|\||!\[)")]
    private static partial Regex Opening();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*")]
    private static partial Regex Number();
}
