namespace FastScaling.Demo.Reading;

/// <summary>One statistic of one metric.</summary>
internal sealed record MetricQuery(string MetricName, string Statistic, string Unit);
