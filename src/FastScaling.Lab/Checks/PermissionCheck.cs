using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Whether the task may publish.</summary>
internal sealed class PermissionCheck : ITemplateCheck
{
    private const string Action = "cloudwatch:PutMetricData";
    private const string Remedy = "Allow cloudwatch:PutMetricData on * to the task role (not the execution role), with a condition on cloudwatch:namespace.";

    public IEnumerable<Finding> Run(CheckContext context)
    {
        if (context.Task is not { } task)
        {
            yield break;
        }

        if (task.TaskRole is null)
        {
            yield return new Finding(
                "missing-permission", Severity.Error, task.Id, task.MarkOf("TaskRoleArn"), "The task definition has no task role.", "Every PutMetricData is refused; the alarms see no data.", Remedy);
            yield break;
        }

        var roles = context.Template.Roles.Where(role => task.TaskRole.References.Contains(role.Id, StringComparer.Ordinal)).ToArray();
        if (roles.Length == 0)
        {
            // A role of another stack: nothing is known of it.
            yield break;
        }

        var role = roles[0];
        var space = context.Published.Options.Namespace;
        var statements = context.Template.Statements.Where(statement => statement.RoleIds.Contains(role.Id, StringComparer.Ordinal) && statement.Covers(Action)).ToArray();
        if (statements.FirstOrDefault(statement => !statement.IsAllow && Allows(statement, space)) is { } deny)
        {
            yield return new Finding(
                "missing-permission", Severity.Error, role.Id, deny.Mark, $"A statement denies {Action}.", "A denial wins over every permission; the alarms see no data.", "Remove the denial.");
        }
        else if (!statements.Any(statement => statement.IsAllow && Allows(statement, space)))
        {
            var other = statements.FirstOrDefault(statement => statement.IsAllow);
            if (other is null && role.ManagedPolicyArns.Any(arn => arn.Contains("CloudWatch", StringComparison.OrdinalIgnoreCase)))
            {
                yield break;
            }

            yield return new Finding(
                "missing-permission", Severity.Error, role.Id, other?.Mark ?? role.Properties.Mark,
                other is null ? $"The task role does not allow {Action}." : $"The task role allows {Action}, but not for the namespace {space} that the exporter publishes to.",
                "Every call is refused; the alarms see no data.", other is null ? Remedy : "Use the same namespace in the condition and in the exporter.");
        }
    }

    // Conditions on other keys are not judged.
    private static bool Allows(IamStatement statement, string space)
    {
        foreach (var test in statement.Condition?.Entries ?? [])
        {
            if (test.Value is not MapNode keys
                || keys.Entries.FirstOrDefault(entry => entry.Key.Equals("cloudwatch:namespace", StringComparison.OrdinalIgnoreCase)) is not { } found)
            {
                continue;
            }

            var values = (found.Value is ListNode list ? list.Items : [found.Value]).OfType<ScalarNode>().ToArray();
            if (values.Any(value => value.Unknown is not null))
            {
                continue;
            }

            var isLike = test.Key.Contains("Like", StringComparison.Ordinal);
            var matches = values.Any(value => isLike
                ? System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(value.Text, space, ignoreCase: false)
                : value.Text.Equals(space, test.Key.Contains("IgnoreCase", StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
            if (matches == test.Key.Contains("Not", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
