using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Page;

/// <summary>An alarm, for the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition">When it is in ALARM, in words.</param>
internal sealed record AlarmInfo(string Name, string Condition)
{
    public static AlarmInfo Of(AlarmDefinition alarm)
    {
        var comparison = alarm.Comparison switch
        {
            AlarmComparison.GreaterThanThreshold => ">",
            AlarmComparison.GreaterThanOrEqualToThreshold => "≥",
            AlarmComparison.LessThanThreshold => "<",
            _ => "≤",
        };
        var what = alarm.Source is { } source
            ? source.Metric.Name
            : alarm.Queries.FirstOrDefault(static query => query.Text is not null)?.Text ?? "expression";
        return new AlarmInfo(alarm.Name, FormattableString.Invariant($"{what} {comparison} {alarm.Threshold:0.###}, {alarm.Datapoints} of {alarm.EvaluationPeriods} × {alarm.Period} s"));
    }
}
