using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>A template, with what several checks need to know of it.</summary>
internal sealed class CheckContext
{
    /// <param name="template">The template.</param>
    /// <param name="exporterOptions">Options of the exporter in place of those of the task definition.</param>
    public CheckContext(ScalingTemplate template, IReadOnlyDictionary<string, string>? exporterOptions = null)
    {
        Template = template;
        Service = template.Targets.Select(template.ServiceOf).FirstOrDefault(service => service is not null)
            ?? (template.Services is [var only, ..] ? only : null);
        Task = template.TaskDefinitions.FirstOrDefault(task => task.Id == Service?.TaskDefinitionId)
            ?? (template.TaskDefinitions.Count == 1 ? template.TaskDefinitions[0] : null);
        Published = PublishedMetrics.Of(Task, exporterOptions);
    }

    public ScalingTemplate Template { get; }

    /// <summary>The service that is scaled, or null when the template has none.</summary>
    public ServiceResource? Service { get; }

    /// <summary>The task definition of the service, or null.</summary>
    public TaskDefinitionResource? Task { get; }

    public PublishedMetrics Published { get; }

    /// <summary>The least number of tasks; 1 when the template has no target or lets it go to 0.</summary>
    public int MinTasks => Math.Max(1, Template.Targets.Count == 0 ? 1 : Template.Targets[0].MinCapacity);

    public bool IsScaleOut(AlarmResource alarm) => Template.PoliciesOf(alarm).Any(policy => policy.Step?.IsScaleOut == true);

    public bool IsScaleIn(AlarmResource alarm) => Template.PoliciesOf(alarm).Any(policy => policy.Step?.IsScaleIn == true);

    /// <summary>Whether a metric is one of the exporter's: its namespace is, or its name is while the namespace is none of AWS.</summary>
    public bool IsOurs(MetricReference metric) =>
        metric.Namespace == Published.Options.Namespace
        || (!metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal) && PublishedMetrics.UnitOfAnySignal(metric.Name) is not null);

    public static bool Same(double left, double right) => Math.Abs(left - right) < 1e-9;
}
