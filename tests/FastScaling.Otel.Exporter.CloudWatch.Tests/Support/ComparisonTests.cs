using System.Reflection;
using System.Text.RegularExpressions;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>docs/comparison.md answers each complaint with a test.</summary>
public partial class ComparisonTests
{
    [Fact]
    public void Every_test_that_the_comparison_names_is_there_and_every_complaint_has_one()
    {
        var tests = typeof(ComparisonTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        var complaints = File.ReadLines(PathOfComparison()).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('#', StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(complaints);
        Assert.All(complaints, complaint =>
        {
            var named = TestName().Matches(complaint).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        });
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    private static string PathOfComparison()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastScaling.Otel.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not around the tests.");
        }

        return Path.Combine(folder.FullName, "docs", "comparison.md");
    }
}
