using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>What the template expects of the exporter, against what the exporter's own constants say.</summary>
public class TemplateSignalTests
{
    private const int HighResolution = 10;
    private const string EnvironmentPrefix = "FastScaling__CloudWatch__";

    private static readonly FastScalingCloudWatchExporterOptions Defaults = new();
    private static readonly Resolved Kit = Template.Kit.With();

    private static IEnumerable<JsonNode> OwnMetrics => AllMetrics.Where(metric => (string)metric["Metric"]!["Namespace"]! == Defaults.Namespace);

    private static IEnumerable<JsonNode> AllMetrics => Kit.OfType("AWS::CloudWatch::Alarm")
        .SelectMany(alarm => alarm.Properties["Metrics"]!.AsArray())
        .Where(query => query!["MetricStat"] is not null)
        .Select(query => query!["MetricStat"]!);

    [Fact]
    public void Every_metric_of_ours_has_the_name_and_unit_that_are_published() => Assert.All(OwnMetrics, metric =>
    {
        var published = Published.Signals.SingleOrDefault(signal => signal.Name == (string)metric["Metric"]!["MetricName"]!);
        Assert.True(published is not null, $"{metric["Metric"]!["MetricName"]} is not published.");
        Assert.Equal(published.Unit, (string)metric["Unit"]!);
    });

    [Fact]
    public void Every_alarm_asks_for_the_dimensions_that_are_published() => Assert.All(AllMetrics, metric =>
    {
        var dimensions = metric["Metric"]!["Dimensions"]!.AsArray().ToDictionary(dimension => (string)dimension!["Name"]!, dimension => (string)dimension!["Value"]!);
        Assert.Equal(
            new Dictionary<string, string> { [DimensionNames.ClusterName] = "Cluster", [DimensionNames.ServiceName] = "Service.Name" },
            dimensions);
    });

    [Fact]
    public void Every_metric_is_ours_or_of_ECS() =>
        Assert.All(AllMetrics, metric => Assert.Contains((string)metric["Metric"]!["Namespace"]!, new[] { Defaults.Namespace, "AWS/ECS" }));

    [Fact]
    public void Every_signal_but_the_length_of_the_queue_has_an_alarm()
    {
        // The length depends on what waits; its delay means the same in every service.
        var expected = Published.Names.Except(["QueueLength"]);

        Assert.Equal(expected.Order(), OwnMetrics.Select(metric => (string)metric["Metric"]!["MetricName"]!).Distinct().Order());
    }

    [Fact]
    public void Short_periods_are_asked_of_high_resolution_metrics_only()
    {
        Assert.Equal(1, Defaults.StorageResolution);
        Assert.All(AllMetrics, metric =>
        {
            var period = (int)(double)metric["Period"]!;
            Assert.True(period is HighResolution or 60);
            Assert.True(period == 60 || (string)metric["Metric"]!["Namespace"]! == Defaults.Namespace);
        });
    }

    [Fact]
    public void No_alarm_adds_up_a_rate_or_a_gauge() =>
        Assert.All(AllMetrics, metric => Assert.NotEqual("Sum", (string)metric["Stat"]!));

    [Fact]
    public void Each_parameter_of_the_exporter_has_the_default_of_its_option()
    {
        Assert.Equal(Defaults.Namespace, (string)Parameter("MetricNamespace")["Default"]!);
        Assert.Equal(Defaults.ExportInterval.TotalSeconds, (double)Parameter("ExportInterval")["Default"]!);
        Assert.Equal(Defaults.WarmUp.TotalSeconds, (double)Parameter("WarmUp")["Default"]!);
        Assert.Equal(Defaults.QuietExportInterval.TotalSeconds, (double)Parameter("QuietExportInterval")["Default"]!);
        Assert.Equal(Defaults.MaxExtraCallsPerHour, (double)Parameter("MaxExtraCallsPerHour")["Default"]!);
    }

    [Fact]
    public void Each_threshold_has_the_default_at_which_the_exporter_flushes() => Assert.All(
        OwnMetrics.Select(metric => (string)metric["Metric"]!["MetricName"]!).Distinct(),
        name => Assert.Equal(
            (double?)typeof(SurgeThresholds).GetProperty(name)!.GetValue(Defaults.SurgeThresholds),
            (double)Parameter($"{name}Threshold")["Default"]!));

    [Fact]
    public void Every_environment_variable_of_ours_is_an_option_of_the_exporter() => Assert.All(Environment().Keys.Where(IsOurs), variable =>
    {
        var type = typeof(FastScalingCloudWatchExporterOptions);
        foreach (var part in variable[EnvironmentPrefix.Length..].Split("__"))
        {
            var property = type.GetProperty(part, BindingFlags.Public | BindingFlags.Instance);
            Assert.True(property is not null, $"{variable}: {type.Name} has no {part}.");
            type = property.PropertyType;
        }
    });

    [Fact]
    public void The_section_of_the_environment_variables_is_that_of_the_options() =>
        Assert.Equal(EnvironmentPrefix, FastScalingCloudWatchExporterOptions.ConfigurationSection.Replace(":", "__", StringComparison.Ordinal) + "__");

    [Fact]
    public void The_exporter_flushes_at_the_thresholds_of_the_alarms() => Assert.All(
        OwnMetrics.Select(metric => (string)metric["Metric"]!["MetricName"]!).Distinct(),
        name =>
        {
            const double Unusual = 77_777;
            var changed = Template.Kit.With(($"{name}Threshold", Unusual));

            Assert.Equal(Unusual.ToString(CultureInfo.InvariantCulture), Environment(changed)[$"{EnvironmentPrefix}SurgeThresholds__{name}"]);
            Assert.Contains(
                changed.OfType("AWS::CloudWatch::Alarm").SelectMany(alarm => alarm.Properties["Metrics"]!.AsArray()),
                query => ((string?)query!["Expression"])?.Contains("/ 77777", StringComparison.Ordinal) == true);
        });

    [Fact]
    public void The_task_may_publish_to_the_one_namespace_and_do_nothing_else()
    {
        var policy = Assert.Single(Template.Kit.With(("MetricNamespace", "Other")).Properties("TaskRole")["Policies"]!.AsArray());
        var statement = Assert.Single(policy!["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("cloudwatch:PutMetricData", (string)statement["Action"]!);
        Assert.Equal("""{"StringEquals":{"cloudwatch:namespace":"Other"}}""", statement["Condition"]!.ToJsonString());
    }

    [Fact]
    public void The_dashboard_shows_every_signal_under_its_dimensions()
    {
        var body = JsonNode.Parse((string)Kit.Properties("Dashboard")["DashboardBody"]!)!;
        var lines = body["widgets"]!.AsArray().SelectMany(widget => Lines(widget!)).ToArray();

        Assert.Equal(
            Published.Names.Order(),
            lines.Where(line => line[0] == Defaults.Namespace).Select(line => line[1]).Distinct().Order());
        Assert.All(lines, line => Assert.Equal([DimensionNames.ClusterName, "Cluster", DimensionNames.ServiceName, "Service.Name"], line[2..]));
    }

    [Fact]
    public void The_dashboard_shows_every_alarm()
    {
        var body = (string)Kit.Properties("Dashboard")["DashboardBody"]!;

        Assert.All(Kit.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.Contains($"\"{alarm.Id}.Arn\"", body, StringComparison.Ordinal));
    }

    // In a dashboard a full stop stands for what the line before has in the same place.
    private static IEnumerable<string[]> Lines(JsonNode widget)
    {
        string[] before = [];
        foreach (var line in widget["properties"]!["metrics"]?.AsArray() ?? [])
        {
            if (line![0] is not JsonObject)
            {
                before = [.. line.AsArray().Take(6).Select((part, index) => (string)part! == "." ? before[index] : (string)part!)];
                yield return before;
            }
        }
    }

    private static JsonNode Parameter(string name) => Template.Kit.Parameters[name]!;

    private static bool IsOurs(string variable) => variable.StartsWith(EnvironmentPrefix, StringComparison.Ordinal);

    private static Dictionary<string, string> Environment(Resolved? template = null) =>
        (template ?? Kit).Properties("TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!.AsArray()
            .ToDictionary(variable => (string)variable!["Name"]!, variable => variable!["Value"]!.ToString());
}
