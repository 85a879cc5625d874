using System.Text.RegularExpressions;

namespace FastScaling.Packages.Tests.Support;

/// <summary>The commands and the code of the README's quick start, in their order.</summary>
internal static partial class QuickStart
{
    /// <returns>The language of each block of code, <c>sh</c> or <c>csharp</c>, with its lines.</returns>
    public static IReadOnlyList<(string Language, string[] Lines)> Read()
    {
        var section = Section().Match(File.ReadAllText(Repository.PathOf("README.md")));
        Assert.True(section.Success, "The README has no section 'Quick start'.");
        return [.. Block().Matches(section.Value).Select(block => (block.Groups["language"].Value, Lines(block)))];
    }

    private static string[] Lines(Match block)
    {
        var indent = block.Groups["indent"].Length;
        return [.. block.Groups["text"].Value.Split('\n').SkipLast(1).Select(line => line.Length > indent ? line[indent..] : "")];
    }

    [GeneratedRegex(@"^## Quick start\n.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w+)\n(?<text>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
