namespace FastScaling.Lab.Templates;

/// <summary>The resource types of CloudFormation that the lab reads.</summary>
internal static class ResourceTypes
{
    public const string Alarm = "AWS::CloudWatch::Alarm";
    public const string Cluster = "AWS::ECS::Cluster";
    public const string Policy = "AWS::IAM::Policy";
    public const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    public const string Role = "AWS::IAM::Role";
    public const string RolePolicy = "AWS::IAM::RolePolicy";
    public const string ScalableTarget = "AWS::ApplicationAutoScaling::ScalableTarget";
    public const string ScalingPolicy = "AWS::ApplicationAutoScaling::ScalingPolicy";
    public const string Service = "AWS::ECS::Service";
    public const string TargetGroup = "AWS::ElasticLoadBalancingV2::TargetGroup";
    public const string TaskDefinition = "AWS::ECS::TaskDefinition";
}
