using CsCheck;
using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Tests.Templates;

public class TemplateReaderTests
{
    [Fact]
    public void A_template_says_what_is_deployed()
    {
        var template = TemplateReader.Read(TemplateText.Plain, "plain");

        Assert.Equal(7, template.Alarms.Count);
        Assert.Equal(7, template.Policies.Count);
        var target = Assert.Single(template.Targets);
        Assert.Equal("service/my-cluster/my-service", target.ResourceId.Text);
        Assert.Equal((2, 100), (target.MinCapacity, target.MaxCapacity));
        Assert.Equal("my-service", template.ServiceOf(target)?.Name);
        Assert.All(template.Policies, policy => Assert.Single(template.AlarmsOf(policy)));
        Assert.All(template.Policies, policy => Assert.Same(target, template.TargetOf(policy)));
        Assert.Equal(5, Assert.Single(template.TargetGroups).UnhealthyThreshold);
        Assert.Equal("5", Assert.Single(template.TaskDefinitions).Environment["FastScaling__CloudWatch__ExportInterval"].Text);
        Assert.Equal((1024, 2048), (template.TaskDefinitions[0].Cpu, template.TaskDefinitions[0].Memory));
    }

    [Fact]
    public void Json_reads_as_yaml_does()
    {
        const string Json =
            """
            {
            	"Resources": {
            		"A": {
            			"Type": "AWS::ApplicationAutoScaling::ScalableTarget",
            			"Properties": { "ResourceId": { "Fn::Join": ["/", ["service", "c", "s"]] }, "MinCapacity": 1, "MaxCapacity": "9",
            				"ScheduledActions": [{ "ScheduledActionName": "night", "Schedule": "cron(0 22 * * ? *)", "ScalableTargetAction": { "MinCapacity": 1 } }] }
            		}
            	}
            }
            """;

        var target = Assert.Single(TemplateReader.Read(Json, "t.json").Targets);

        Assert.Equal(("service/c/s", 1, 9), (target.ResourceId.Text, target.MinCapacity, target.MaxCapacity));
        Assert.Equal(("night", 1, null), (target.ScheduledActions[0].Name, target.ScheduledActions[0].MinCapacity, target.ScheduledActions[0].MaxCapacity));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- a", "A template is a mapping")]
    [InlineData("A: [1, 2", "not YAML")]
    [InlineData("A: 1\nA: 2", "'A' is there twice")]
    [InlineData("A: 1", "no Resources")]
    [InlineData("Resources: 5", "Resources must be a mapping")]
    [InlineData("Resources: { A: 5 }", "must be a mapping with a Type")]
    [InlineData("Resources: { A: { Properties: {} } }", "has no Type")]
    [InlineData("Resources: {}\n---\nResources: {}", "second YAML document")]
    [InlineData("Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { EvaluationPeriods: x } } }", "EvaluationPeriods of A must be a number, and is 'x'")]
    [InlineData("Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { EvaluationPeriods: 1, ComparisonOperator: Above } } }", "ComparisonOperator of A cannot be 'Above'")]
    [InlineData("Resources: { A: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget' } }", "has no ResourceId")]
    [InlineData("Resources: { 'Fn::ForEach::X': [a], B: { Type: X } }", "not supported")]
    public void A_bad_file_is_an_error_that_says_what_is_wrong(string text, string message)
    {
        var error = Assert.Throws<TemplateException>(() => TemplateReader.Read(text, "t.yaml"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(error.Mark is { Line: >= 1, Column: >= 1 });
    }

    [Fact]
    public void The_place_of_an_error_is_the_line_and_column_of_the_value()
    {
        var text = TemplateText.Around("x").Replace("Period: 10", "Period: ten", StringComparison.Ordinal);

        var error = Assert.Throws<TemplateException>(() => TemplateReader.Read(text, "t.yaml"));

        Assert.Equal(new Mark(11, 15), error.Mark);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash()
    {
        Assert.Throws<TemplateException>(() => TemplateReader.Read(new string('[', 100_000), "t.yaml"));
        Assert.Throws<TemplateException>(() => TemplateReader.Read("A: " + string.Concat(Enumerable.Repeat("{a: ", 10_000)), "t.yaml"));
    }

    [Fact]
    public void Garbage_is_never_an_unhandled_error()
    {
        var original = TemplateText.Plain;
        var pieces = new[] { "\n", ": ", "- ", "!Ref ", "!Sub ", "${", "}", "{", "[", "]", "\t", "'", "\"", "&a ", "*a ", "|\n", "!!int ", "? ", "#", "%YAML 9\n", "\u0000", "999999999999999999999", "-1", "!If [", "---\n" };
        var edit = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, 30], Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]));

        edit.Array[1, 6].Sample(
            edits =>
            {
                var text = original;
                foreach (var (at, length, piece) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + piece + text[Math.Min(text.Length, start + length)..];
                }

                return IsReadOrRefused(text);
            },
            iter: Depth.Of(500));
        Gen.String.Sample(IsReadOrRefused, iter: Depth.Of(500));
    }

    // What is read can also be checked: the checks must take whatever the reader lets through.
    private static bool IsReadOrRefused(string text)
    {
        try
        {
            FastScaling.Lab.Checks.TemplateChecker.Check(TemplateReader.Read(text, "t.yaml"));
        }
        catch (TemplateException error)
        {
            return error.Mark.Line >= 1 && error.Message.Length > 5;
        }

        return true;
    }
}
