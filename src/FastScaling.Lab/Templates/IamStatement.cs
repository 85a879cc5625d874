namespace FastScaling.Lab.Templates;

/// <summary>A statement of a policy of IAM, with the roles that it is attached to by the template.</summary>
/// <param name="Mark">Where it stands.</param>
/// <param name="RoleIds">The logical ids of the roles.</param>
/// <param name="IsAllow">Whether it allows; otherwise it denies.</param>
/// <param name="Actions">The actions, with their wildcards.</param>
/// <param name="Condition">The condition, or null.</param>
internal sealed record IamStatement(Mark Mark, IReadOnlyList<string> RoleIds, bool IsAllow, IReadOnlyList<string> Actions, MapNode? Condition)
{
    /// <summary>Whether the action is among its actions.</summary>
    public bool Covers(string action) => Actions.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, action, ignoreCase: true));
}
