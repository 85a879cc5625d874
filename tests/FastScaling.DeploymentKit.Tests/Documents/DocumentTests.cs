using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.DeploymentKit.Tests.Templates;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.DeploymentKit.Tests.Documents;

public class DocumentTests
{
    /// <summary>Words in code that look like names of ours and are those of others.</summary>
    private static readonly string[] OfOthers =
    [
        "Average", "Sum", "Period", "Unit", "Stat", "TreatMissingData", "EvaluationPeriods", "FILL", "DesiredCount", "RequestCountPerTarget", "AlreadyAtMaxCapacity",
        "LiveTaskCount", "Snapshotter", "SampleServiceTests", "BASE", "PROFILE",
    ];

    public static TheoryData<string> Names => ["architecture.md", "ideation.md", "tuning.md", "cost.md", "operations.md", "migration.md", "limits.md", "ai-guide.md"];

    private static HashSet<string> Known =>
    [
        .. Published.Names,
        .. typeof(FastScalingCloudWatchExporterOptions).GetMembers().Select(member => member.Name),
        .. Template.Kit.Parameters.Select(parameter => parameter.Key),
        .. Template.Kit.Resources.Select(resource => resource.Key),
        .. Template.Kit.Outputs.Select(output => output.Key),
        .. OfOthers,
        DimensionNames.ClusterName,
        DimensionNames.ServiceName,
        new FastScalingCloudWatchExporterOptions().Namespace,
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_in_a_document_is_one_of_the_code_or_of_the_template(string name)
    {
        // The first half of architecture.md is about the exporter's own types.
        var text = name == "architecture.md" ? DeploymentPart() : Markdown.Read(name);
        var names = Markdown.Code(text).Select(code => code.Split('=')[0]).Where(code => Regex.IsMatch(code, "^[A-Z][A-Za-z0-9]+$"));

        Assert.All(names, code => Assert.Contains(code, Known));
    }

    /// <summary>Also in the documents of the exporter and in the README.</summary>
    [Fact]
    public void Every_environment_variable_of_ours_in_any_document_is_an_option() => Assert.All(
        Repository.Files("*.md").SelectMany(path => Regex.Matches(Repository.Read(path), @"\bFastScaling(?:__|:)CloudWatch(?:__|:)([\w:]+)").Select(match => match.Groups[1].Value)),
        option =>
        {
            var type = typeof(FastScalingCloudWatchExporterOptions);
            foreach (var part in option.Split(["__", ":"], StringSplitOptions.None))
            {
                // Rules of a list are read by the exporter's own hand, below the list they are no properties.
                type = type.GetProperty(part, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.PropertyType
                    ?? throw new InvalidOperationException($"{option}: {type.Name} has no {part}.");
                if (type.IsAssignableTo(typeof(IEnumerable)))
                {
                    break;
                }
            }
        });

    [Fact]
    public void The_table_of_signals_has_the_units_that_are_published_and_the_defaults_of_the_template()
    {
        var rows = Markdown.Rows(Markdown.Read("tuning.md")).Where(row => row.Length == 5 && row[0].StartsWith('`')).ToArray();

        Assert.Equal(5, rows.Length);
        Assert.All(rows, row =>
        {
            Assert.Equal(Published.Signals.Single(signal => signal.Name == row[0].Trim('`')).Unit, row[1]);
            Assert.Equal(Template.Kit.Parameters[row[2].Trim('`')]!["Default"]!.ToString(), row[3]);
        });
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ko.md")]
    [InlineData("docs/metrics.md")]
    public void Every_signal_is_in_the_tables_of_what_is_published_with_its_unit(string document)
    {
        var rows = Markdown.Rows(Repository.Read(document)).Where(row => SignalMetric.All.Any(signal => row[0] == $"`{signal.Name}`")).ToArray();

        Assert.Equal(SignalMetric.All.Select(signal => signal.Name), rows.Select(row => row[0].Trim('`')));
        Assert.All(rows, row => Assert.Equal(SignalMetric.All.Single(signal => signal.Name == row[0].Trim('`')).Unit, row[1].Split(',')[0]));
    }

    [Fact]
    public void Every_finding_of_the_checks_is_in_the_tables_of_the_lab()
    {
        var document = Markdown.Read("lab.md");
        var findings = Repository.Files("*.cs").Where(path => path.StartsWith("src/FastScaling.Lab/", StringComparison.Ordinal))
            .SelectMany(path => Regex.Matches(Repository.Read(path), @"new Finding\(\s*""([a-z-]+)""").Select(match => match.Groups[1].Value))
            .Distinct().ToArray();

        Assert.True(findings.Length > 40);
        Assert.All(findings, finding => Assert.Contains($"`{finding}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_units_named_for_those_who_migrate_are_those_that_are_published()
    {
        var named = Regex.Matches(Markdown.Read("migration.md"), @"`(\w+)`, (Count/Second|Count|Milliseconds)\b");

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.Equal(Published.Signals.Single(signal => signal.Name == match.Groups[1].Value).Unit, match.Groups[2].Value));
    }

    [Theory]
    [InlineData("RequestsPerSecondThreshold", "requests per second above 100")]
    [InlineData("ResponseTimeThreshold", "response time above 500 ms")]
    [InlineData("ActiveConnectionsThreshold", "connections above 1000")]
    [InlineData("ScaleOutCooldown", "cooldown out 10 s")]
    [InlineData("MinCapacity", "2 to 100 tasks")]
    [InlineData("ExportInterval", "publish every 5 s")]
    public void Every_figure_asked_for_is_listed_with_its_value_here(string parameter, string figure)
    {
        var row = Markdown.Rows(DeploymentPart()).Single(cells => cells[0] == figure);

        Assert.Contains($"`{parameter}`", row[1], StringComparison.Ordinal);
        Assert.Contains(Template.Kit.Parameters[parameter]!["Default"]!.ToString(), row[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("steps +1 / +2 / +4 at 0, +50, +100", "10 % / 25 % / 100 %, at least 1 / 2 / 4")]
    [InlineData("−1, cooldown in 30 s", "−1, 30 s")]
    [InlineData("health check every 5 s", "5 s")]
    [InlineData("healthy 2, unhealthy 2", "2, **5**")]
    [InlineData("round robin", "round robin")]
    [InlineData("alarm period 10 s, 1 evaluation", "10 s, 1")]
    public void Figures_that_are_no_parameters_are_listed_too(string figure, string here) =>
        Assert.Equal(here, Markdown.Rows(DeploymentPart()).Single(cells => cells[0] == figure)[2]);

    [Fact]
    public void What_the_prompts_change_are_parameters()
    {
        var prompts = Markdown.Read("ai-guide.md").Split('\n').Where(line => line.StartsWith('>'));

        Assert.True(prompts.SelectMany(Markdown.Code).Distinct().Count(Template.Kit.Parameters.ContainsKey) >= 6);
    }

    private static string DeploymentPart()
    {
        var text = Markdown.Read("architecture.md");
        var start = text.IndexOf("## From CloudWatch to a task", StringComparison.Ordinal);
        return text[start..text.IndexOf("## Assumptions", StringComparison.Ordinal)];
    }
}
