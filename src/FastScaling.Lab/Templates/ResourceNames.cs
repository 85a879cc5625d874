namespace FastScaling.Lab.Templates;

/// <summary>
/// What <c>Ref</c> and <c>GetAtt</c> give for a resource. Nothing is deployed, so a name that CloudFormation would make up is made up here
/// too, always the same for the same resource: enough to see which alarm means which service.
/// </summary>
internal sealed class ResourceNames(MapNode? resources, TemplateResolver resolver)
{
    public ScalarNode? Ref(string logicalId, Mark mark)
    {
        if (Find(logicalId) is not { } resource)
        {
            return null;
        }

        var text = TypeOf(resource) switch
        {
            ResourceTypes.ScalingPolicy => Arn("autoscaling", $"scalingPolicy:{logicalId}"),
            ResourceTypes.Service => Arn("ecs", $"service/{Name(logicalId, resource)}"),
            ResourceTypes.TaskDefinition => Arn("ecs", $"task-definition/{Name(logicalId, resource)}"),
            ResourceTypes.TargetGroup => Arn("elasticloadbalancing", $"targetgroup/{Name(logicalId, resource)}"),
            _ => Name(logicalId, resource),
        };
        return Make(text, logicalId, mark);
    }

    public ScalarNode? Attribute(string logicalId, string attribute, Mark mark)
    {
        if (Find(logicalId) is not { } resource)
        {
            return null;
        }

        var type = TypeOf(resource);
        return attribute switch
        {
            "Name" => Make(Name(logicalId, resource), logicalId, mark),
            "Arn" or "ServiceArn" or "TargetGroupArn" => Make(Arn(type.Split("::").ElementAtOrDefault(1)?.ToUpperInvariant() ?? "AWS", Name(logicalId, resource)), logicalId, mark),
            _ => Make($"{{{logicalId}.{attribute}}}", logicalId, mark) with { Unknown = $"{attribute} of {logicalId} is known when the stack is deployed" },
        };
    }

    private static ScalarNode Make(string text, string logicalId, Mark mark) => new(mark, text) { References = [logicalId] };

    private static string Arn(string service, string resource) =>
        $"arn:{PseudoParameters.Partition}:{service}:{PseudoParameters.Region}:{PseudoParameters.AccountId}:{resource}";

    private static string TypeOf(MapNode resource) => (resource["Type"] as ScalarNode)?.Text ?? string.Empty;

    private MapNode? Find(string logicalId) => resources?[logicalId] as MapNode;

    private string Name(string logicalId, MapNode resource)
    {
        var property = TypeOf(resource) switch
        {
            ResourceTypes.Cluster => "ClusterName",
            ResourceTypes.Service => "ServiceName",
            ResourceTypes.Alarm => "AlarmName",
            ResourceTypes.TaskDefinition => "Family",
            ResourceTypes.Role => "RoleName",
            _ => "Name",
        };
        var named = (resource["Properties"] as MapNode)?[property] is { } node ? resolver.Resolve(node) as ScalarNode : null;
        return named is { Unknown: null } ? named.Text : $"{PseudoParameters.StackName}-{logicalId}";
    }
}
