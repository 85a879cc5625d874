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
        Regex.Matches(Regex.Replace(text, "```.*?```", string.Empty, RegexOptions.Singleline), "`([^`\n]+)`").Select(match => match.Groups[1].Value);

    /// <summary>Targets of links that are files of the repository or headings in them.</summary>
    public static IEnumerable<string> Links(string text) =>
        Regex.Matches(text, @"\]\(([^)\s]+)\)").Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of the headings, as they are made for links.</summary>
    public static IEnumerable<string> Anchors(string text) =>
        Regex.Matches(text, "^#+ (.+)$", RegexOptions.Multiline)
            .Select(match => Regex.Replace(match.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", string.Empty).Replace(' ', '-'));
}
