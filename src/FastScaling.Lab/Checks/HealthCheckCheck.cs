namespace FastScaling.Lab.Checks;

/// <summary>Health checks that take a busy task away before its relief can be there.</summary>
internal sealed class HealthCheckCheck : ITemplateCheck
{
    /// <summary>
    /// Seconds from the new desired count to a running task, at best: what AWS's own comparison of 2026-06 implies (386 s to provision less 363 s
    /// to trigger).
    /// </summary>
    public const int FastestStart = 23;

    public IEnumerable<Finding> Run(CheckContext context)
    {
        var used = context.Template.TargetGroups.Where(group => context.Service is null || context.Service.TargetGroupIds.Contains(group.Id, StringComparer.Ordinal));
        foreach (var group in used)
        {
            var patience = group.UnhealthyThreshold * group.HealthCheckInterval;
            if (patience < FastestStart)
            {
                yield return new Finding(
                    "health-check-gives-up", Severity.Warning, group.Id, group.MarkOf("UnhealthyThresholdCount"),
                    $"A task is unhealthy after {group.UnhealthyThreshold} failed checks, {group.HealthCheckInterval} s apart: after {patience} s.",
                    $"A new task needs {FastestStart} s and more. In a surge the busy tasks are stopped before relief is there, and the others get their load.",
                    "Raise UnhealthyThresholdCount to 5 or more, and keep the health endpoint independent of the work.");
            }

            if (group.HealthCheckInterval > 10)
            {
                yield return new Finding(
                    "health-check-slow", Severity.Info, group.Id, group.MarkOf("HealthCheckIntervalSeconds"), $"The health check runs every {group.HealthCheckInterval} s.",
                    "A new task gets requests only after its first passed check.", "Write HealthCheckIntervalSeconds: 5.");
            }

            if (group.HealthCheckTimeout >= group.HealthCheckInterval)
            {
                yield return new Finding(
                    "health-check-timeout", Severity.Warning, group.Id, group.MarkOf("HealthCheckTimeoutSeconds"), $"The time-out of {group.HealthCheckTimeout} s is not below the interval of {group.HealthCheckInterval} s.",
                    "Load balancers refuse that.", "Write a time-out below the interval.");
            }
        }
    }
}
