using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>All checks of a template.</summary>
internal static class TemplateChecker
{
    private static readonly ITemplateCheck[] Checks =
    [
        new MetricCheck(), new PeriodCheck(), new StatisticCheck(), new ExpressionCheck(), new StepCheck(), new SharedPolicyCheck(), new CooldownCheck(),
        new MissingDataCheck(), new ScaleInCheck(), new StalledFleetCheck(), new FlapCheck(), new ConflictCheck(), new WiringCheck(), new PermissionCheck(), new HealthCheckCheck(),
    ];

    /// <summary>The findings, the worst first, then in the order of the file.</summary>
    public static IReadOnlyList<Finding> Check(ScalingTemplate template)
    {
        var context = new CheckContext(template);
        return [.. Checks.SelectMany(check => check.Run(context)).OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Mark).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }
}
