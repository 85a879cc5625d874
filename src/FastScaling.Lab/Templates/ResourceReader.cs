namespace FastScaling.Lab.Templates;

/// <summary>Turns the resources of a template into typed ones. Types that the lab does not use are passed over, unread.</summary>
internal sealed class ResourceReader(TemplateResolver resolver)
{
    private readonly List<AlarmResource> _alarms = [];
    private readonly List<ScalingPolicyResource> _policies = [];
    private readonly List<ScalableTargetResource> _targets = [];
    private readonly List<ServiceResource> _services = [];
    private readonly List<TaskDefinitionResource> _taskDefinitions = [];
    private readonly List<TargetGroupResource> _targetGroups = [];
    private readonly List<RoleResource> _roles = [];
    private readonly List<IamStatement> _statements = [];

    public void Add(MapEntry entry)
    {
        if (entry.Key.StartsWith("Fn::", StringComparison.Ordinal))
        {
            throw new TemplateException(entry.KeyMark, $"{entry.Key} among the resources is not supported: write the resources out.");
        }

        var resource = entry.Value as MapNode
            ?? throw new TemplateException(entry.Value.Mark, $"The resource {entry.Key} must be a mapping with a Type; this is {entry.Value.Kind}.");
        var type = (resource["Type"] as ScalarNode)?.Text ?? throw new TemplateException(entry.KeyMark, $"The resource {entry.Key} has no Type.");
        if (resource["Condition"] is { } condition && !IsThere(entry.Key, condition))
        {
            return;
        }

        switch (type)
        {
            case ResourceTypes.Alarm:
                _alarms.Add(AlarmReader.Read(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.ScalingPolicy:
                _policies.Add(PolicyReader.Read(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.ScalableTarget:
                _targets.Add(ServiceReader.ReadTarget(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.Service:
                _services.Add(ServiceReader.ReadService(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.TaskDefinition:
                _taskDefinitions.Add(ServiceReader.ReadTaskDefinition(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.TargetGroup:
                _targetGroups.Add(ServiceReader.ReadTargetGroup(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.Role:
                _roles.Add(IamReader.ReadRole(entry.Key, Properties(entry, resource)));
                _statements.AddRange(IamReader.ReadInline(entry.Key, Properties(entry, resource)));
                break;
            case ResourceTypes.Policy or ResourceTypes.ManagedPolicy or ResourceTypes.RolePolicy:
                _statements.AddRange(IamReader.ReadPolicy(Properties(entry, resource)));
                break;
            default:
                break;
        }
    }

    public ScalingTemplate ToTemplate(string source) => new()
    {
        Source = source,
        Alarms = _alarms,
        Policies = _policies,
        Targets = _targets,
        Services = _services,
        TaskDefinitions = _taskDefinitions,
        TargetGroups = _targetGroups,
        Roles = _roles,
        Statements = _statements,
    };

    private bool IsThere(string id, TemplateNode condition) => condition is ScalarNode name
        ? resolver.IsTrue(name.Text, name.Mark)
        : throw new TemplateException(condition.Mark, $"Condition of {id} must be the name of a condition; this is {condition.Kind}.");

    private PropertyReader Properties(MapEntry entry, MapNode resource) => resource["Properties"] switch
    {
        null or ScalarNode { IsNull: true } => new PropertyReader(new MapNode(entry.KeyMark, []), entry.Key),
        { } node => resolver.Resolve(node) is MapNode map
            ? new PropertyReader(map, entry.Key)
            : throw new TemplateException(node.Mark, $"Properties of {entry.Key} must be a mapping; this is {node.Kind}."),
    };
}
