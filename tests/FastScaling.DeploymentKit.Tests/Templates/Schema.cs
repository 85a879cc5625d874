using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>
/// What the resource types that the kit uses demand: required properties, the types of those that are easily got wrong, and the
/// attributes that GetAtt can ask for (AWS resource and property types reference).
/// </summary>
internal static class Schema
{
    private const string Text = "text";
    private const string Number = "number";
    private const string Boolean = "boolean";
    private const string List = "list";
    private const string Object = "object";

    /// <summary>Property to type; one that ends with an asterisk is required.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Types = new()
    {
        ["AWS::EC2::VPC"] = new() { ["CidrBlock*"] = Text, ["EnableDnsHostnames"] = Boolean, ["EnableDnsSupport"] = Boolean },
        ["AWS::EC2::InternetGateway"] = [],
        ["AWS::EC2::VPCGatewayAttachment"] = new() { ["VpcId*"] = Text, ["InternetGatewayId"] = Text },
        ["AWS::EC2::Subnet"] = new() { ["VpcId*"] = Text, ["CidrBlock*"] = Text, ["AvailabilityZone"] = Text },
        ["AWS::EC2::RouteTable"] = new() { ["VpcId*"] = Text },
        ["AWS::EC2::Route"] = new() { ["RouteTableId*"] = Text, ["DestinationCidrBlock*"] = Text, ["GatewayId*"] = Text },
        ["AWS::EC2::SubnetRouteTableAssociation"] = new() { ["SubnetId*"] = Text, ["RouteTableId*"] = Text },
        ["AWS::EC2::SecurityGroup"] = new() { ["GroupDescription*"] = Text, ["VpcId*"] = Text, ["SecurityGroupIngress"] = List },
        ["AWS::EC2::VPCEndpoint"] = new()
        {
            ["VpcId*"] = Text,
            ["ServiceName*"] = Text,
            ["VpcEndpointType"] = Text,
            ["SubnetIds"] = List,
            ["SecurityGroupIds"] = List,
            ["RouteTableIds"] = List,
            ["PrivateDnsEnabled"] = Boolean,
        },
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = new() { ["Type"] = Text, ["Scheme"] = Text, ["SecurityGroups*"] = List, ["Subnets*"] = List, ["Tags"] = List },
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = new()
        {
            ["VpcId*"] = Text,
            ["TargetType*"] = Text,
            ["Protocol*"] = Text,
            ["Port*"] = Number,
            ["HealthCheckPath"] = Text,
            ["HealthCheckIntervalSeconds"] = Number,
            ["HealthCheckTimeoutSeconds"] = Number,
            ["HealthyThresholdCount"] = Number,
            ["UnhealthyThresholdCount"] = Number,
            ["TargetGroupAttributes"] = List,
        },
        ["AWS::ElasticLoadBalancingV2::Listener"] = new()
        {
            ["LoadBalancerArn*"] = Text,
            ["Protocol*"] = Text,
            ["Port*"] = Number,
            ["DefaultActions*"] = List,
            ["SslPolicy"] = Text,
            ["Certificates"] = List,
        },
        ["AWS::Logs::LogGroup"] = new() { ["LogGroupName"] = Text, ["RetentionInDays"] = Number },
        ["AWS::IAM::Role"] = new() { ["AssumeRolePolicyDocument*"] = Object, ["Policies"] = List, ["Description"] = Text },
        ["AWS::ECS::Cluster"] = new() { ["CapacityProviders"] = List },
        ["AWS::ECS::TaskDefinition"] = new()
        {
            ["Family"] = Text,
            ["RequiresCompatibilities*"] = List,
            ["NetworkMode*"] = Text,
            ["Cpu*"] = Text,
            ["Memory*"] = Text,
            ["RuntimePlatform"] = Object,
            ["TaskRoleArn*"] = Text,
            ["ExecutionRoleArn"] = Text,
            ["ContainerDefinitions*"] = List,
        },
        ["AWS::ECS::Service"] = new()
        {
            ["Cluster*"] = Text,
            ["TaskDefinition*"] = Text,
            ["LaunchType*"] = Text,
            ["PlatformVersion"] = Text,
            ["HealthCheckGracePeriodSeconds"] = Number,
            ["Tags"] = List,
            ["DeploymentConfiguration"] = Object,
            ["NetworkConfiguration*"] = Object,
            ["LoadBalancers"] = List,
        },
        ["AWS::ApplicationAutoScaling::ScalableTarget"] = new()
        {
            ["ServiceNamespace*"] = Text,
            ["ScalableDimension*"] = Text,
            ["ResourceId*"] = Text,
            ["MinCapacity*"] = Number,
            ["MaxCapacity*"] = Number,
            ["SuspendedState"] = Object,
            ["ScheduledActions"] = List,
        },
        ["AWS::ApplicationAutoScaling::ScalingPolicy"] = new()
        {
            ["PolicyName*"] = Text,
            ["PolicyType*"] = Text,
            ["ScalingTargetId*"] = Text,
            ["StepScalingPolicyConfiguration"] = Object,
            ["TargetTrackingScalingPolicyConfiguration"] = Object,
        },
        ["AWS::CloudWatch::Alarm"] = new()
        {
            ["AlarmName"] = Text,
            ["AlarmDescription"] = Text,
            ["ActionsEnabled"] = Boolean,
            ["AlarmActions"] = List,
            ["OKActions"] = List,
            ["ComparisonOperator*"] = Text,
            ["EvaluationPeriods*"] = Number,
            ["DatapointsToAlarm"] = Number,
            ["Threshold*"] = Number,
            ["TreatMissingData*"] = Text,
            ["Metrics"] = List,
            ["Namespace"] = Text,
            ["MetricName"] = Text,
            ["Unit"] = Text,
            ["Dimensions"] = List,
            ["Statistic"] = Text,
            ["Period"] = Number,
        },
        ["AWS::CloudWatch::Dashboard"] = new() { ["DashboardName"] = Text, ["DashboardBody*"] = Text },
    };

    private static readonly Dictionary<string, string[]> Attributes = new()
    {
        ["AWS::EC2::VPCGatewayAttachment"] = ["AttachmentType"],
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = ["DNSName"],
        ["AWS::Logs::LogGroup"] = ["Arn"],
        ["AWS::IAM::Role"] = ["Arn"],
        ["AWS::ECS::Service"] = ["Name"],
        ["AWS::CloudWatch::Alarm"] = ["Arn"],
    };

    public static bool HasAttribute(string type, string attribute) => Attributes.TryGetValue(type, out var names) && names.Contains(attribute);

    /// <summary>What is wrong with a resolved resource; empty when nothing is.</summary>
    public static IEnumerable<string> Errors(string id, JsonObject resource)
    {
        var type = (string)resource["Type"]!;
        if (!Types.TryGetValue(type, out var properties))
        {
            return [$"{id}: {type} is not described."];
        }

        var given = resource["Properties"] as JsonObject ?? [];
        var missing = properties.Keys.Where(name => name.EndsWith('*') && !given.ContainsKey(name[..^1])).Select(name => $"{id}: {name[..^1]} is missing.");
        var wrong = given.SelectMany(property =>
            !(properties.TryGetValue(property.Key, out var expected) || properties.TryGetValue(property.Key + "*", out expected)) ? [$"{id}: {property.Key} is not known."]
            : Is(property.Value, expected) ? Array.Empty<string>()
            : [$"{id}: {property.Key} must be a {expected}, but is {property.Value?.ToJsonString()}."]);
        return missing.Concat(wrong);
    }

    private static bool Is(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        (Text, JsonValueKind.String) => value!.ToString().Length > 0,
        (Number, JsonValueKind.Number) => true,
        (Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (List, JsonValueKind.Array) => true,
        (Object, JsonValueKind.Object) => true,
        _ => false,
    };
}
