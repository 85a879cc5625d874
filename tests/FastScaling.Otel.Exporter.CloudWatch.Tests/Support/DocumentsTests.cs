using System.Reflection;
using System.Text.RegularExpressions;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>What the documents say of code and tests is there.</summary>
public partial class DocumentsTests
{
    [Fact]
    public void Every_test_that_the_comparison_names_is_there_and_every_complaint_has_one()
    {
        var tests = typeof(DocumentsTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        var complaints = File.ReadLines(PathOf("docs", "comparison.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('#', StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(complaints);
        Assert.All(complaints, complaint =>
        {
            var named = TestName().Matches(complaint).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        });
    }

    [Fact]
    public void Every_option_is_in_the_table_of_options()
    {
        var table = string.Join('\n', File.ReadLines(PathOf("docs", "options.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

        Assert.All(
            typeof(FastScalingCloudWatchExporterOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly),
            option => Assert.Contains($"`{option.Name}`", table, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_message_of_the_log_is_in_the_table_with_its_level()
    {
        var documented = File.ReadLines(PathOf("docs", "delivery.md"))
            .SkipWhile(line => line != "## Log messages").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && char.IsAsciiDigit(cells[1].FirstOrDefault()))
            .SelectMany(cells => cells[1].Split(", ").Index().Select(id => $"{id.Item} {cells[2].Split(", ")[id.Index]}"));
        var messages = typeof(LogMessages).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId)
            .Select(message => $"{message.EventId} {message.Level}");

        Assert.Equal(messages, documented);
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    private static string PathOf(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastScaling.Otel.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not around the tests.");
        }

        return Path.Combine([folder.FullName, .. path]);
    }
}
