namespace FastScaling.Lab.Scaling;

/// <summary>An alarm that Application Auto Scaling makes for a target tracking policy.</summary>
/// <param name="Name">As AWS names it: TargetTracking-resource-AlarmHigh or AlarmLow and an id.</param>
/// <param name="Metric">What it watches.</param>
/// <param name="IsHigh">Whether it stands for too little capacity: above the threshold; else below it.</param>
/// <param name="Threshold">In the unit of the metric.</param>
/// <param name="PeriodSeconds">60, or 20 for a high-resolution metric.</param>
/// <param name="EvaluationPeriods">All of which must breach.</param>
internal sealed record AlarmSpecification(
    string Name, MetricSpecification Metric, bool IsHigh, double Threshold, int PeriodSeconds, int EvaluationPeriods);
