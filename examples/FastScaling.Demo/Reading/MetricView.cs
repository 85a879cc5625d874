namespace FastScaling.Demo.Reading;

/// <summary>One line of what CloudWatch shows.</summary>
/// <param name="Label">The metric, and its statistic where it is not the average.</param>
/// <param name="Unit">The unit in CloudWatch's words.</param>
/// <param name="Newest">The value of the newest second that has one.</param>
/// <param name="Average">The average of the newest ten seconds; none for a percentile, of which there is no average.</param>
/// <param name="Columns">A value for each of the last seconds, oldest first.</param>
internal sealed record MetricView(string Label, string Unit, double? Newest, double? Average, IReadOnlyList<double?> Columns);
