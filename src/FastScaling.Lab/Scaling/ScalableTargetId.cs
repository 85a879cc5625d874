namespace FastScaling.Lab.Scaling;

/// <summary>Which service: its resource id, "service/cluster/name". Namespace and dimension are always those of an ECS service.</summary>
internal readonly record struct ScalableTargetId(string ResourceId)
{
    public const string ServiceNamespace = "ecs";
    public const string ScalableDimension = "ecs:service:DesiredCount";

    public string Cluster => ResourceId.Split('/')[1];

    public string Service => ResourceId.Split('/')[2];

    /// <summary>What tells a policy or a scheduled action of the target from all others.</summary>
    public string Key(string name) => $"{ResourceId}\n{name}";

    /// <summary>Whether the text has the three parts of an ECS service.</summary>
    public static bool IsValid(string resourceId)
    {
        var parts = resourceId.Split('/');
        return parts.Length == 3 && parts[0] == "service" && parts[1].Length > 0 && parts[2].Length > 0;
    }
}
