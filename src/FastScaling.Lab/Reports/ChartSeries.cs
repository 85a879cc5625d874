namespace FastScaling.Lab.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Label">In the legend.</param>
/// <param name="Color">Which colour of the page; 0 is that of the load.</param>
/// <param name="Dashed">Whether it is dashed.</param>
/// <param name="Stepped">Whether it holds its value until the next.</param>
/// <param name="Values">At each of the page's times.</param>
internal sealed record ChartSeries(string Label, int Color, bool Dashed, bool Stepped, IReadOnlyList<double> Values);
