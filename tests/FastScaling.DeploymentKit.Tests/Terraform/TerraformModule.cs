using System.Text.RegularExpressions;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Terraform;

/// <summary>
/// The Terraform module as text: its blocks, and the assignments in them. Enough to compare it with the template; that it is valid is for
/// <c>examples/ecs-fargate/check</c>, which runs Terraform itself.
/// </summary>
internal static partial class TerraformModule
{
    private const string Folder = "examples/ecs-fargate/terraform";

    public static string Text { get; } = string.Join(
        '\n',
        Directory.EnumerateFiles(Repository.PathOf(Folder), "*.tf").Order().Select(File.ReadAllText));

    /// <summary>Name and body of the blocks of a kind that have one label, such as <c>variable</c> and <c>output</c>.</summary>
    public static Dictionary<string, string> Blocks(string kind) =>
        Regex.Matches(Text, $$"""^{{kind}} "(\w+)" \{\n(.*?)^\}""", RegexOptions.Multiline | RegexOptions.Singleline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>The first value that is assigned to a name in a piece of text, as it is written.</summary>
    public static string? Value(string text, string name) =>
        Regex.Match(text, $@"^\s*{Regex.Escape(name)}\s*=\s*(.*?)$", RegexOptions.Multiline) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A parameter of the template in the module's spelling: <c>MinCapacity</c> is <c>min_capacity</c>.</summary>
    public static string Snake(string name) => Boundary().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Boundary();
}
