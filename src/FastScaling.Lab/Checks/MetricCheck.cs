using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Metrics that no data will ever arrive for: CloudWatch matches namespace, name, unit and dimensions exactly.</summary>
internal sealed class MetricCheck : ITemplateCheck
{
    private const string NoData = "CloudWatch finds no data for it, says nothing, and the alarm stays in INSUFFICIENT_DATA or OK for ever.";

    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var error in context.Published.Errors)
        {
            yield return new Finding(
                "exporter-option", Severity.Error, context.Task?.Id ?? "-", context.Task?.MarkOf("ContainerDefinitions"),
                error, "The service does not start with this option.", "Correct the environment variable.");
        }

        foreach (var alarm in context.Template.Alarms)
        {
            var drives = context.Template.PoliciesOf(alarm).Any();
            foreach (var metric in alarm.AllMetrics)
            {
                if (context.IsOurs(metric))
                {
                    foreach (var finding in Ours(context, alarm, metric))
                    {
                        yield return finding;
                    }
                }
                else if (drives && !metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
                {
                    yield return new Finding(
                        "wrong-namespace", Severity.Warning, alarm.Id, metric.Mark,
                        $"{metric.Namespace} / {metric.Name} drives scaling, and is not of the exporter, which publishes to {context.Published.Options.Namespace}.",
                        $"Unless something else publishes it: {NoData}",
                        $"Use the namespace {context.Published.Options.Namespace} and one of {string.Join(", ", context.Published.Names)}.");
                }
            }
        }
    }

    private static IEnumerable<Finding> Ours(CheckContext context, AlarmResource alarm, MetricReference metric)
    {
        var published = context.Published;
        if (metric.Namespace != published.Options.Namespace)
        {
            yield return new Finding(
                "wrong-namespace", Severity.Error, alarm.Id, metric.Mark,
                $"{metric.Name} is asked for in the namespace {metric.Namespace}; the exporter publishes to {published.Options.Namespace}.",
                NoData, "Use the same namespace in both places; option Namespace sets that of the exporter.");
        }

        if (published.UnitOf(metric.Name) is not { } unit)
        {
            var isOff = PublishedMetrics.UnitOfAnySignal(metric.Name) is not null;
            yield return new Finding(
                isOff ? "signal-switched-off" : "metric-not-published", Severity.Error, alarm.Id, metric.Mark,
                isOff ? $"The signal {metric.Name} is switched off by the option Signals." : $"The exporter publishes no metric {metric.Name}.",
                NoData,
                isOff ? $"Add {metric.Name} to the option Signals." : $"Use one of {string.Join(", ", published.Names)}. Capital letters count.");
            yield break;
        }

        if (metric.Unit is not null && metric.Unit != unit)
        {
            yield return new Finding(
                "wrong-unit", Severity.Error, alarm.Id, metric.Mark,
                $"{metric.Name} is asked for in {metric.Unit}; it is published in {unit}.",
                $"CloudWatch keeps units apart and converts nothing. {NoData}", $"Write Unit: {unit}.");
        }

        foreach (var finding in Dimensions(context, alarm, metric))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Dimensions(CheckContext context, AlarmResource alarm, MetricReference metric)
    {
        var expected = context.Published.DimensionNames;
        var given = metric.Dimensions.Select(dimension => dimension.Key).ToArray();
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(given.Order(StringComparer.Ordinal)))
        {
            yield return new Finding(
                "wrong-dimensions", Severity.Error, alarm.Id, metric.Mark,
                $"{metric.Name} is asked for with {(given.Length == 0 ? "no dimensions" : $"the dimensions {string.Join(", ", given)}")}; it is published with {string.Join(", ", expected)}.",
                $"CloudWatch does not aggregate custom metrics over dimensions. {NoData}", $"Give exactly {string.Join(", ", expected)}.");
            yield break;
        }

        foreach (var (name, value) in metric.Dimensions)
        {
            if (Expected(context, name) is { } right && value.Unknown is null && value.Text != right)
            {
                yield return new Finding(
                    "wrong-dimensions", Severity.Error, alarm.Id, value.Mark,
                    $"{name} of {metric.Name} is '{value.Text}'; the exporter publishes '{right}'.", NoData,
                    name == "ServiceName" ? "Refer to the service: !GetAtt Service.Name, not !Ref, which gives its ARN." : "Refer to the resource instead of writing its name.");
            }
        }
    }

    private static string? Expected(CheckContext context, string dimension) =>
        context.Published.Options.Dimensions.TryGetValue(dimension, out var configured) ? configured
        : dimension == Otel.Exporter.CloudWatch.Aws.DimensionNames.ClusterName ? context.Service?.ClusterName
        : dimension == Otel.Exporter.CloudWatch.Aws.DimensionNames.ServiceName ? context.Service?.Name
        : null;
}
