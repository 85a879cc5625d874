namespace FastScaling.Lab.Templates;

/// <summary>Reads roles and the statements of their policies.</summary>
internal static class IamReader
{
    public static RoleResource ReadRole(string id, PropertyReader properties) => new(id, properties.Map)
    {
        ManagedPolicyArns = [.. properties.Texts("ManagedPolicyArns").Select(arn => arn.Text)],
    };

    /// <summary>The policies inside a role.</summary>
    public static IEnumerable<IamStatement> ReadInline(string id, PropertyReader properties) =>
        properties.Maps("Policies").SelectMany(policy => Statements(policy, [id]));

    /// <summary>A policy of its own, which names its roles.</summary>
    public static IEnumerable<IamStatement> ReadPolicy(PropertyReader properties) => Statements(
        properties,
        [.. properties.Texts("Roles").Concat(properties.Texts("RoleName")).SelectMany(role => role.References)]);

    private static IEnumerable<IamStatement> Statements(PropertyReader policy, IReadOnlyList<string> roles) =>
        policy.Child("PolicyDocument") is not { } document
            ? []
            : document.Maps("Statement").Select(statement => new IamStatement(
                statement.Map.Mark,
                roles,
                statement.Text("Effect") == "Allow",
                [.. statement.Texts("Action").Select(action => action.Text)],
                statement.Map["Condition"] as MapNode));
}
