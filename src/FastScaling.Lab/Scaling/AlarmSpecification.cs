using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.Lab.Scaling;

/// <summary>An alarm that Application Auto Scaling makes for a target tracking policy.</summary>
/// <param name="Name">As AWS names it: TargetTracking-resource-AlarmHigh or AlarmLow and an id.</param>
/// <param name="Metric">What it watches.</param>
/// <param name="IsHigh">Whether it stands for too little capacity: above the threshold; else below it.</param>
/// <param name="Threshold">In the unit of the metric.</param>
/// <param name="PeriodSeconds">60, or 20 for a high-resolution metric.</param>
/// <param name="EvaluationPeriods">All of which must breach.</param>
internal sealed record AlarmSpecification(
    string Name, MetricSpecification Metric, bool IsHigh, double Threshold, int PeriodSeconds, int EvaluationPeriods)
{
    /// <summary>As CloudWatch evaluates it.</summary>
    public AlarmDefinition ToDefinition(string policyArn) => new()
    {
        Name = Name,
        Source = new MetricSource(
            new MetricIdentity(Metric.Namespace, Metric.MetricName, Metric.Dimensions), Metric.Unit, Statistic.Plain(Metric.Statistic)!, PeriodSeconds),
        Comparison = IsHigh ? AlarmComparison.GreaterThanThreshold : AlarmComparison.LessThanThreshold,
        Threshold = Threshold,
        Period = PeriodSeconds,
        EvaluationPeriods = EvaluationPeriods,
        AlarmActions = [policyArn],
    };
}
