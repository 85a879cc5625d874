using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>Links and diagrams in all documents of the repository.</summary>
public class LinkTests
{
    /// <summary>The kinds of diagram that the documents use, as mermaid writes them.</summary>
    private static readonly string[] Diagrams = ["flowchart LR", "flowchart TD", "flowchart TB", "sequenceDiagram", "stateDiagram-v2"];

    public static TheoryData<string> Documents =>
    [
        .. Repository.Files("*.md").Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void All_documents_are_looked_at()
    {
        var documents = Repository.Files("*.md").ToArray();

        Assert.Contains("README.md", documents);
        Assert.Contains("examples/ecs-fargate/load-test/README.md", documents);
        Assert.Contains("docs/tuning.md", documents);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_and_to_a_heading_in_it(string document)
    {
        var path = Repository.PathOf(document);

        Assert.All(Markdown.Links(File.ReadAllText(path)), link =>
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0])));
            Assert.True(Path.Exists(target), $"{link}: there is no such file.");
            Assert.True(target.StartsWith(Repository.Root, StringComparison.Ordinal), $"{link} leaves the repository.");
            if (parts.Length > 1)
            {
                Assert.Contains(parts[1], Markdown.Anchors(File.ReadAllText(target)));
            }
        });
    }

    // Brackets that close and kinds that exist; mermaid itself needs a browser.
    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_diagram_is_of_a_known_kind_and_closes_what_it_opens(string document) =>
        Assert.All(Markdown.Blocks(Repository.Read(document), "mermaid"), diagram =>
        {
            var lines = diagram.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(lines[0].Trim(), Diagrams);
            Assert.All(lines, line => Assert.True(
                line.Count(letter => letter is '[' or '(' or '{') == line.Count(letter => letter is ']' or ')' or '}') && line.Count(letter => letter == '"') % 2 == 0,
                line));
            Assert.Equal(
                lines.Count(line => line.TrimStart().StartsWith("subgraph ", StringComparison.Ordinal) || line.TrimStart().StartsWith("loop ", StringComparison.Ordinal)),
                lines.Count(line => line.Trim() == "end"));
        });
}
