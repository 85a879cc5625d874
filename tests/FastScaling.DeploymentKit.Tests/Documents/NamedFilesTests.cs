using System.Text.RegularExpressions;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>What the documents for contributors name is there: files, folders, test classes, also inside of commands.</summary>
public partial class NamedFilesTests
{
    private static readonly string[] Files = [.. Repository.Files("*").Select(path => "/" + path)];

    public static TheoryData<string> Documents => ["CONTRIBUTING.md", "AGENTS.md", "SECURITY.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_file_folder_and_test_that_is_named_is_there(string document)
    {
        var text = Repository.Read(document);
        var names = Markdown.Code(text).Concat(MarkdownBlock.All(text).Where(block => block.Kind == "code").Select(block => block.Text))
            .SelectMany(code => Separators().Split(code))
            .Where(word => Name().IsMatch(word))
            .Distinct()
            .ToArray();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(IsThere(name), $"{document}: there is no {name}."));
    }

    [Theory]
    [InlineData("src/FastScaling.Otel/ScalingSignals.cs", true)]
    [InlineData("Pipeline/SamplingThread.cs", true)]
    [InlineData("Protocols/Json", true)]
    [InlineData(".ci/run", true)]
    [InlineData("SecretsTests", true)]
    [InlineData("Pipeline/SamplingThreads.cs", false)]
    [InlineData("Protocols/Jso", false)]
    [InlineData("SecretTests", false)]
    public void A_name_that_is_wrong_is_seen(string name, bool isThere)
    {
        Assert.Matches(Name(), name);
        Assert.Equal(isThere, IsThere(name));
    }

    // From the root, or the end of a path: inside a section that is about one project its name is left out.
    private static bool IsThere(string name)
    {
        var path = $"/{name.TrimEnd('/')}";
        return Path.Exists(Repository.PathOf(name))
            || Files.Any(file => file.EndsWith(path, StringComparison.Ordinal) || file.EndsWith($"{path}.cs", StringComparison.Ordinal) || file.Contains($"{path}/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"[\s,;()]+")]
    private static partial Regex Separators();

    // A path, a file, or a class of tests.
    [GeneratedRegex(@"^(?![\d/])(?:[\w.\-]+/[\w.\-/]+|\w+\.(?:cs|md|json|props|yaml)|\w+Tests)$")]
    private static partial Regex Name();
}
