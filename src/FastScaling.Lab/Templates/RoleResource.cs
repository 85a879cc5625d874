namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::IAM::Role</c>.</summary>
internal sealed record RoleResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    /// <summary>ARNs of managed policies, whose content the template does not have.</summary>
    public IReadOnlyList<string> ManagedPolicyArns { get; init; } = [];
}
