using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.DeploymentKit.Tests.Templates;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.DeploymentKit.Tests.Terraform;

/// <summary>The module has the content of the template, and both that of the exporter.</summary>
public class TerraformModuleTests
{
    private static readonly Resolved Kit = Template.Kit.With(("ScaleOnConnections", "true"));

    [Fact]
    public void Every_parameter_is_a_variable_with_the_same_default_and_description()
    {
        var variables = TerraformModule.Blocks("variable");

        Assert.Equal(Template.Kit.Parameters.Select(parameter => TerraformModule.Snake(parameter.Key)).Append("name").Order(), variables.Keys.Order());
        Assert.All(Template.Kit.Parameters, parameter =>
        {
            var variable = variables[TerraformModule.Snake(parameter.Key)];
            Assert.Equal(Default(parameter.Value!), TerraformModule.Value(variable, "default")?.Trim('"'));
            Assert.Equal((string)parameter.Value!["Description"]!, TerraformModule.Value(variable, "description")![1..^1].Replace("\\\"", "\"", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_variable_is_used() =>
        Assert.All(TerraformModule.Blocks("variable").Keys, name => Assert.Matches($@"\bvar\.{name}\b", WithoutVariables()));

    [Fact]
    public void Every_output_is_one() =>
        Assert.Equal(Template.Kit.Outputs.Select(output => TerraformModule.Snake(output.Key)).Order(), TerraformModule.Blocks("output").Keys.Order());

    [Fact]
    public void Every_signal_has_the_name_and_unit_that_are_published() => Assert.All(
        Regex.Matches(TerraformModule.Text, """metric = "(\w+)", unit = "([\w/]+)", stat = "\w+" """.TrimEnd()),
        match =>
        {
            var published = Published.Signals.SingleOrDefault(signal => signal.Name == match.Groups[1].Value);
            Assert.True(published is not null, $"{match.Groups[1].Value} is not published.");
            Assert.Equal(published.Unit, match.Groups[2].Value);
        });

    [Fact]
    public void The_dashboard_shows_every_signal() => Assert.Equal(
        Published.Names.Order(),
        Regex.Matches(TerraformModule.Text, """concat\(local\.own, \["(\w+)"\]""").Select(match => match.Groups[1].Value).Distinct().Order());

    [Fact]
    public void Alarms_and_dashboard_ask_for_the_dimensions_that_are_published()
    {
        Assert.Contains($"{DimensionNames.ClusterName} = aws_ecs_cluster.this.name, {DimensionNames.ServiceName} = aws_ecs_service.this.name", TerraformModule.Text, StringComparison.Ordinal);
        Assert.Contains($"[\"{DimensionNames.ClusterName}\", aws_ecs_cluster.this.name, \"{DimensionNames.ServiceName}\", aws_ecs_service.this.name]", TerraformModule.Text, StringComparison.Ordinal);
        Assert.Equal(
            Regex.Count(TerraformModule.Text, @"^\s+metric \{$", RegexOptions.Multiline),
            Regex.Count(TerraformModule.Text, @"^\s+dimensions\s+= local\.dimensions$", RegexOptions.Multiline));
    }

    [Fact]
    public void Every_scale_out_alarm_of_the_template_is_there_with_its_boundary_and_step() => Assert.All(
        Kit.OfType("AWS::CloudWatch::Alarm").Where(alarm => alarm.Id is not ("ScaleInAlarm" or "WatchdogAlarm")),
        alarm =>
        {
            var name = ((string)alarm.Properties["AlarmName"]!)["stack-".Length..];
            var block = Regex.Match(TerraformModule.Text, $@"^\s+{name} = \{{\n(.*?)^\s+\}}$", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
            var policy = Kit.Properties((string)alarm.Properties["AlarmActions"]![0]!)["StepScalingPolicyConfiguration"]!;
            var step = policy["StepAdjustments"]![0]!["ScalingAdjustment"]!;

            Assert.Contains($"threshold = {alarm.Properties["Threshold"]}", block, StringComparison.Ordinal);
            Assert.Contains((string)policy["AdjustmentType"]! == "ChangeInCapacity" ? "percent = null" : $"percent = {step}", block, StringComparison.Ordinal);
            Assert.Contains($"minimum = {policy["MinAdjustmentMagnitude"]?.ToString() ?? "null"}", block, StringComparison.Ordinal);
            Assert.Contains($"\"{alarm.Properties["AlarmDescription"]}\"", block, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_expression_of_the_template_is_there()
    {
        var expressions = Template.Kit.OfType("AWS::CloudWatch::Alarm")
            .SelectMany(alarm => alarm.Resource["Properties"]!["Metrics"]!.AsArray())
            .Select(query => query!["Expression"])
            .OfType<JsonNode>()
            .Select(expression => expression is JsonObject sub ? (string)sub["Fn::Sub"]! : (string)expression!)
            .Select(expression => Regex.Replace(expression, @"\$\{(\w+)\}", match => $"${{var.{TerraformModule.Snake(match.Groups[1].Value)}}}"));

        // In the module long ones are joined from several lines.
        var module = Regex.Replace(TerraformModule.Text, "\",\n\\s+\"", " ");
        Assert.All(expressions, expression => Assert.Contains(expression, module, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tasks_get_the_same_environment()
    {
        var variables = Template.Kit.Resources["TaskDefinition"]!["Properties"]!["ContainerDefinitions"]![0]!["Environment"]!.AsArray()
            .Select(variable => variable!["Fn::If"]?[1] ?? variable);

        Assert.All(variables, variable => Assert.Matches(
            $@"\b{variable!["Name"]}\s+= var\.{TerraformModule.Snake((string)variable["Value"]!["Ref"]!)}\b",
            TerraformModule.Text));
    }

    [Fact]
    public void The_figures_of_the_load_balancer_are_the_same()
    {
        var group = Kit.Properties("TargetGroup");

        Assert.Equal(group["HealthCheckIntervalSeconds"]!.ToString(), TerraformModule.Value(TerraformModule.Text, "interval"));
        Assert.Equal(group["HealthCheckTimeoutSeconds"]!.ToString(), TerraformModule.Value(TerraformModule.Text, "timeout"));
        Assert.Equal(group["HealthyThresholdCount"]!.ToString(), TerraformModule.Value(TerraformModule.Text, "healthy_threshold"));
        Assert.Equal("\"round_robin\"", TerraformModule.Value(TerraformModule.Text, "load_balancing_algorithm_type"));
    }

    private static string WithoutVariables() =>
        TerraformModule.Blocks("variable").Values.Aggregate(TerraformModule.Text, (text, body) => text.Replace(body, string.Empty, StringComparison.Ordinal));

    private static string? Default(JsonNode parameter) => parameter["Default"] switch
    {
        null => null,
        _ when (string)parameter["Type"]! == "CommaDelimitedList" => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => ((double)value).ToString(CultureInfo.InvariantCulture),
        var value => (string)value!,
    };
}
