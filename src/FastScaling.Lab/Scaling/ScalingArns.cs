namespace FastScaling.Lab.Scaling;

/// <summary>Makes ARNs: the same ones in every run, since their ids are counted and not drawn.</summary>
internal sealed class ScalingArns
{
    private readonly string _region;
    private readonly string _account;
    private uint _count;

    public ScalingArns(string region = "us-east-1", string account = "123456789012")
    {
        _region = region;
        _account = account;
    }

    public string Role =>
        $"arn:aws:iam::{_account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";

    public string Target() => $"arn:aws:application-autoscaling:{_region}:{_account}:scalable-target/{NextId():N}";

    public string Policy(ScalableTargetId id, string name) =>
        $"arn:aws:autoscaling:{_region}:{_account}:scalingPolicy:{NextId()}:resource/ecs/{id.ResourceId}:policyName/{name}";

    public string ScheduledAction(ScalableTargetId id, string name) =>
        $"arn:aws:autoscaling:{_region}:{_account}:scheduledAction:{NextId()}:resource/ecs/{id.ResourceId}:scheduledActionName/{name}";

    public string Alarm(string name) => $"arn:aws:cloudwatch:{_region}:{_account}:alarm:{name}";

    private Guid NextId() => new(++_count, 0x5ca1, 0x4a21, 0x90, 0, 0, 0, 0, 0, 0, 0);
}
