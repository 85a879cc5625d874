namespace FastScaling.Lab.Templates;

/// <summary>A metric with the statistic that an alarm takes of it.</summary>
/// <param name="Mark">Where it stands.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The name.</param>
/// <param name="Dimensions">Name and value of each dimension.</param>
/// <param name="Statistic"><c>Average</c>, <c>p99</c> and so on.</param>
/// <param name="Period">Seconds.</param>
/// <param name="Unit">The unit, or null for any.</param>
internal sealed record MetricReference(
    Mark Mark, string Namespace, string Name, IReadOnlyList<KeyValuePair<string, ScalarNode>> Dimensions, string Statistic, int Period, string? Unit);
