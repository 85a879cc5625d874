using System.Text.RegularExpressions;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>What a test asks of a document: its tables, its code in backticks, its links.</summary>
internal static class Markdown
{
    public static string Read(string name) => Repository.Read($"docs/{name}");

    /// <summary>The cells of all rows of all tables, without the outer spaces.</summary>
    public static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    /// <summary>What stands between single backticks, outside of code blocks.</summary>
    public static IEnumerable<string> Code(string text) =>
        Regex.Matches(WithoutBlocks(text), "`([^`\n]+)`").Select(match => match.Groups[1].Value);

    /// <summary>The code blocks of a language.</summary>
    public static IEnumerable<string> Blocks(string text, string language) =>
        Regex.Matches(text, $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    /// <summary>Targets of links and images that are files of the repository or headings in them.</summary>
    public static IEnumerable<string> Links(string text) => Regex.Matches(WithoutBlocks(text), @"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:href|src)=""([^""]+)""", RegexOptions.Multiline)
        .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>The anchors of the headings, as they are made for links; a heading that comes again gets a number.</summary>
    public static IEnumerable<string> Anchors(string text) => Regex.Matches(WithoutBlocks(text), "^#+ (.+)$", RegexOptions.Multiline)
        .Select(match => Regex.Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), @"[^\w\- ]", string.Empty).Replace(' ', '-'))
        .GroupBy(anchor => anchor)
        .SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}"));

    private static string WithoutBlocks(string text) => Regex.Replace(text, "```.*?```", string.Empty, RegexOptions.Singleline);
}
