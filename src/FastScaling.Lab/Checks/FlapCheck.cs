using FastScaling.Lab.Templates;
using FastScaling.Otel;

namespace FastScaling.Lab.Checks;

/// <summary>Thresholds so near each other that what one policy does calls the other.</summary>
internal sealed class FlapCheck : ITemplateCheck
{
    // Those that spread over the tasks: with half of the tasks each has twice of it.
    private static readonly string[] Shared =
    [
        nameof(ScalingSignals.RequestsPerSecond), nameof(ScalingSignals.ActiveRequests), nameof(ScalingSignals.ActiveConnections), "CPUUtilization", "RequestCountPerTarget",
    ];

    public IEnumerable<Finding> Run(CheckContext context)
    {
        var template = context.Template;
        foreach (var alarmIn in template.Alarms.Where(context.IsScaleIn))
        {
            foreach (var alarmOut in template.Alarms.Where(context.IsScaleOut))
            {
                foreach (var metric in alarmIn.AllMetrics.Select(metric => metric.Name).Intersect(alarmOut.AllMetrics.Select(metric => metric.Name)).Intersect(Shared))
                {
                    if (Find(context, alarmIn, alarmOut, metric) is { } finding)
                    {
                        yield return finding;
                    }
                }
            }
        }
    }

    private static Finding? Find(CheckContext context, AlarmResource alarmIn, AlarmResource alarmOut, string metric)
    {
        if (AlarmProbe.Of(alarmIn) is not { } probeIn || AlarmProbe.Of(alarmOut) is not { } probeOut)
        {
            return null;
        }

        var points = probeIn.Constants().Concat(probeOut.Constants()).SelectMany(value => new[] { value * (1 - 1e-6), value, value * (1 + 1e-6) }).ToArray();
        var highestIn = points.Where(value => probeIn.Breaches(With(metric, value))).DefaultIfEmpty(double.NaN).Max();
        var lowestOut = points.Where(value => probeOut.Breaches(With(metric, value))).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(highestIn) || double.IsNaN(lowestOut))
        {
            return null;
        }

        var min = context.MinTasks;
        var taken = context.Template.PoliciesOf(alarmIn).Where(policy => policy.Step is { IsScaleIn: true }).Max(policy => Taken(policy.Step!, min));
        var after = highestIn * (min + taken) / min;
        if (after >= lowestOut)
        {
            return new Finding(
                "thresholds-flap", Severity.Error, alarmIn.Id, alarmIn.MarkOf("Threshold"),
                $"{alarmIn.Id} scales in up to {metric} {highestIn:0.##}; with {min} instead of {min + taken} tasks that becomes {after:0.##}, and {alarmOut.Id} scales out from {lowestOut:0.##}.",
                "The fleet goes in and out for ever.", $"Scale in below {lowestOut * min / (min + taken):0.##}, with some room.");
        }

        var added = context.Template.PoliciesOf(alarmOut).Where(policy => policy.Step is { IsScaleOut: true }).Max(policy => Added(policy.Step!, min));
        var relieved = lowestOut * min / (min + added);
        return relieved <= highestIn
            ? new Finding(
                "thresholds-flap", Severity.Error, alarmOut.Id, alarmOut.MarkOf("Threshold"),
                $"{alarmOut.Id} scales out from {metric} {lowestOut:0.##}; with {min + added} instead of {min} tasks that becomes {relieved:0.##}, and {alarmIn.Id} scales in up to {highestIn:0.##}.",
                "The fleet goes out and in for ever.", $"Scale in below {relieved:0.##}, with some room, or add fewer tasks in the first step.")
            : null;
    }

    private static Func<MetricReference, double> With(string name, double value) => metric => metric.Name == name ? value : 0;

    // By the step nearest to the threshold: what happens at the edge.
    private static int Added(StepScaling step, int tasks) =>
        Change(step, step.Steps.Where(one => one.Adjustment > 0).OrderBy(one => Math.Abs(one.Lower ?? 0)).First().Adjustment, tasks);

    private static int Taken(StepScaling step, int tasks) =>
        Change(step, -step.Steps.OrderBy(one => Math.Min(Math.Abs(one.Lower ?? double.MaxValue), Math.Abs(one.Upper ?? double.MaxValue))).First().Adjustment, tasks);

    private static int Change(StepScaling step, int adjustment, int tasks) => step.AdjustmentType == "PercentChangeInCapacity"
        ? Math.Max(Math.Max(1, step.MinMagnitude ?? 1), tasks * adjustment / 100)
        : adjustment;
}
