using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Templates;

public class TemplateStructureTests
{
    private const int LargestBody = 51_200;

    private static readonly Template[] Both = [Template.Kit, Template.Seed];

    [Fact]
    public void The_kit_can_be_deployed_without_a_bucket() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Repository.Read("examples/ecs-fargate/template.yaml")), 1, LargestBody);

    [Fact]
    public void Every_reference_names_a_parameter_or_a_resource() => Assert.All(Both, template =>
        Assert.All(
            References.Names(template.Resources).Concat(References.Names(template.Outputs)).Concat(References.Names(template.Conditions)),
            name => Assert.True(
                name.StartsWith("AWS::", StringComparison.Ordinal) || template.Parameters.ContainsKey(name) || template.Resources.ContainsKey(name) || name == "Prefix",
                $"{name} is not there.")));

    [Fact]
    public void Every_attribute_that_is_asked_for_exists() => Assert.All(Both, template =>
        Assert.All(
            Regex.Matches(template.Root.ToJsonString(), """Fn::GetAtt":\["(\w+)","(\w+)"|\$\{(\w+)\.(\w+)\}"""),
            match =>
            {
                var (id, attribute) = match.Groups[1].Success ? (match.Groups[1].Value, match.Groups[2].Value) : (match.Groups[3].Value, match.Groups[4].Value);
                Assert.True(Schema.HasAttribute((string)template.Resources[id]!["Type"]!, attribute), $"{id}.{attribute}");
            }));

    [Fact]
    public void Every_condition_that_is_asked_for_exists_and_none_is_left_over()
    {
        var used = References.Conditions(Template.Kit.Resources)
            .Concat(References.Conditions(Template.Kit.Outputs))
            .Concat(References.Conditions(Template.Kit.Conditions))
            .ToHashSet();

        Assert.Equal(Template.Kit.Conditions.Select(condition => condition.Key).Order(), used.Order());
    }

    [Fact]
    public void Every_parameter_is_used()
    {
        var used = References.Names(Template.Kit.Resources).Concat(References.Names(Template.Kit.Conditions)).ToHashSet();

        Assert.All(Template.Kit.Parameters, parameter => Assert.Contains(parameter.Key, used));
    }

    [Fact]
    public void Every_parameter_is_in_a_group_of_the_console()
    {
        var groups = Template.Kit.Root["Metadata"]!["AWS::CloudFormation::Interface"]!["ParameterGroups"]!.AsArray();
        var grouped = groups.SelectMany(group => group!["Parameters"]!.AsArray()).Select(name => (string)name!);

        Assert.Equal(Template.Kit.Parameters.Select(parameter => parameter.Key).Order(), grouped.Order());
    }

    [Fact]
    public void Every_parameter_but_the_image_has_a_default_which_its_own_rules_allow() => Assert.All(Template.Kit.Parameters, parameter =>
    {
        var (name, rules) = (parameter.Key, parameter.Value!);
        Assert.False(string.IsNullOrWhiteSpace((string?)rules["Description"]), name);
        if (name == "ImageUri")
        {
            Assert.Null(rules["Default"]);
            return;
        }

        Assert.NotNull(rules["Default"]);
        if ((string)rules["Type"]! == "Number")
        {
            Assert.True(rules["MinValue"] is not null || rules["AllowedValues"] is not null || rules["MaxValue"] is not null, $"{name} has no bounds.");
            var value = (double)rules["Default"]!;
            Assert.InRange(value, (double?)rules["MinValue"] ?? double.MinValue, (double?)rules["MaxValue"] ?? double.MaxValue);
        }

        if (rules["AllowedValues"] is JsonArray allowed)
        {
            Assert.Contains(allowed, value => JsonNode.DeepEquals(value, rules["Default"]));
        }

        if (rules["AllowedPattern"] is { } pattern)
        {
            Assert.Matches($"^{pattern}$", (string)rules["Default"]!);
        }
    });

    [Fact]
    public void Whatever_the_switches_every_reference_resolves_and_every_resource_is_complete() =>
        Gen.Select(Gen.Bool.Array[7], Gen.Bool).Sample((switches, routeTables) =>
        {
            var resolved = Template.Kit.With(
                ("VpcId", switches[0] ? "vpc-1" : string.Empty),
                ("LoadBalancerSubnetIds", switches[0] ? "subnet-1,subnet-2" : string.Empty),
                ("TaskSubnetIds", switches[0] ? "subnet-3,subnet-4" : string.Empty),
                ("RouteTableIds", routeTables ? "rtb-1" : string.Empty),
                ("UseEndpoints", switches[1] ? "true" : "false"),
                ("CertificateArn", switches[2] ? "arn:aws:acm:eu-central-1:123456789012:certificate/1" : string.Empty),
                ("PeakStart", switches[3] ? "cron(45 8 ? * MON-FRI *)" : string.Empty),
                ("PeakEnd", switches[3] ? "cron(0 18 ? * MON-FRI *)" : string.Empty),
                ("NightStart", switches[4] ? "cron(0 22 * * ? *)" : string.Empty),
                ("NightEnd", switches[4] ? "cron(0 6 * * ? *)" : string.Empty),
                ("AlarmTopicArn", switches[5] ? "arn:aws:sns:eu-central-1:123456789012:topic" : string.Empty),
                ("EnableScaling", switches[6] ? "true" : "false"));

            Assert.Empty(resolved.Resources.SelectMany(resource => Schema.Errors(resource.Key, (JsonObject)resource.Value!)));
            Assert.NotNull(JsonNode.Parse((string)resolved.Properties("Dashboard")["DashboardBody"]!));
            Assert.NotEmpty(resolved.Outputs);
        });

    [Fact]
    public void The_version_for_comparison_is_complete() =>
        Assert.Empty(Template.Seed.With().Resources.SelectMany(resource => Schema.Errors(resource.Key, (JsonObject)resource.Value!)));

    [Fact]
    public void Nothing_names_a_partition() =>
        Assert.DoesNotMatch("arn:aws|amazonaws\\.com[/\"]", Regex.Replace(Template.Kit.Resources.ToJsonString(), "ecs-tasks.amazonaws.com", string.Empty));
}
