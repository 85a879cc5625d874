namespace FastScaling.Lab.Templates;

/// <summary>Reads alarms.</summary>
internal static class AlarmReader
{
    private static readonly string[] Comparisons =
    [
        "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold",
        "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold",
    ];

    private static readonly string[] Treatments = ["breaching", "notBreaching", "ignore", "missing"];

    public static AlarmResource Read(string id, PropertyReader properties) => new(id, properties.Map)
    {
        Name = properties.Text("AlarmName") ?? $"{PseudoParameters.StackName}-{id}",
        Metric = properties.Text("MetricName") is null ? null : ReadMetric(properties, properties, "Statistic", "ExtendedStatistic"),
        Metrics = [.. properties.Maps("Metrics").Select(ReadEntry)],
        EvaluationPeriods = properties.RequiredInteger("EvaluationPeriods"),
        DatapointsToAlarm = properties.Integer("DatapointsToAlarm"),
        Threshold = properties.Number("Threshold"),
        Comparison = OneOf(properties, "ComparisonOperator", Comparisons)
            ?? throw new TemplateException(properties.Map.Mark, $"{id} has no ComparisonOperator."),
        TreatMissingData = OneOf(properties, "TreatMissingData", Treatments) ?? "missing",
        EvaluateLowSampleCountPercentile = properties.Text("EvaluateLowSampleCountPercentile"),
        ActionsEnabled = properties.Boolean("ActionsEnabled") ?? true,
        AlarmActions = properties.Texts("AlarmActions"),
        OkActions = properties.Texts("OKActions"),
        InsufficientDataActions = properties.Texts("InsufficientDataActions"),
    };

    private static string? OneOf(PropertyReader properties, string name, string[] allowed) => properties.Scalar(name) is not { } scalar ? null
        : allowed.Contains(scalar.Text, StringComparer.Ordinal) ? scalar.Text
        : throw new TemplateException(scalar.Mark, $"{name} of {properties.Owner} cannot be '{scalar.Text}'; allowed is {string.Join(", ", allowed)}.");

    private static AlarmMetric ReadEntry(PropertyReader entry)
    {
        var statistic = entry.Child("MetricStat");
        var metric = statistic?.Child("Metric");
        return new AlarmMetric(
            entry.Map.Mark,
            entry.RequiredText("Id"),
            entry.Text("Expression"),
            metric is null ? null : ReadMetric(metric.Value, statistic!.Value, "Stat", null),
            entry.Boolean("ReturnData") ?? true,
            entry.Integer("Period") ?? statistic?.Integer("Period"));
    }

    private static MetricReference ReadMetric(PropertyReader metric, PropertyReader statistic, string plain, string? extended) => new(
        metric.MarkOf("MetricName"),
        metric.Text("Namespace") ?? throw new TemplateException(metric.Map.Mark, $"A metric of {metric.Owner} has no Namespace."),
        metric.RequiredText("MetricName"),
        [.. metric.Maps("Dimensions").Select(dimension => KeyValuePair.Create(
            dimension.RequiredText("Name"),
            dimension.Scalar("Value") ?? throw new TemplateException(dimension.Map.Mark, $"A dimension of {metric.Owner} has no Value.")))],
        statistic.Text(plain) ?? (extended is null ? null : statistic.Text(extended))
            ?? throw new TemplateException(statistic.Map.Mark, $"A metric of {metric.Owner} has no {plain}."),
        statistic.RequiredInteger("Period"),
        statistic.Text("Unit"));
}
