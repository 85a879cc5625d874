using FastScaling.Lab.Templates;
using FastScaling.Otel;

namespace FastScaling.Lab.Checks;

/// <summary>Scale-in that takes tasks from a fleet that works at nothing, or that says nothing.</summary>
internal sealed class StalledFleetCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var alarm in context.Template.Alarms.Where(context.IsScaleIn))
        {
            if (AlarmProbe.Of(alarm) is not { } probe)
            {
                continue;
            }

            if (probe.Breaches(Stalled))
            {
                yield return new Finding(
                    "scale-in-when-stalled", Severity.Error, alarm.Id, alarm.AllMetrics.First().Mark,
                    $"The alarm scales in on {string.Join(", ", alarm.AllMetrics.Select(metric => metric.Name).Distinct())} also when every request hangs.",
                    "A fleet that waits for a slow dependency completes nothing, gets few new requests and uses little CPU, while requests pile up in it: tasks are taken just then.",
                    "Use metric math that also needs low ActiveRequests: IF(rate < … AND active < …, 1, 0).");
            }
            else if (alarm.TreatMissingData != "breaching" && probe.Breaches(static _ => double.NaN))
            {
                yield return new Finding(
                    "scale-in-when-silent", Severity.Error, alarm.Id, alarm.AllMetrics.First().Mark, "The alarm scales in when none of its metrics has data.",
                    "The expression makes numbers of missing data. When publishing breaks the fleet shrinks to its minimum.", "Do not FILL the metrics of a scale-in.");
            }
        }
    }

    /// <summary>Nothing ends, nearly nothing arrives, everything waits; processors idle.</summary>
    private static double Stalled(MetricReference metric) => metric.Name switch
    {
        nameof(ScalingSignals.RequestsPerSecond) or "RequestCount" or "RequestCountPerTarget" => 0,
        nameof(ScalingSignals.ResponseTime) or "TargetResponseTime" => double.NaN,
        nameof(ScalingSignals.ActiveRequests) or nameof(ScalingSignals.ActiveConnections) or nameof(ScalingSignals.QueueLength) => 10_000,

        // A stalled fleet need not starve: asynchronous requests hang without a thread.
        nameof(ScalingSignals.QueueDelay) => 0,
        "CPUUtilization" => 1,
        "MemoryUtilization" => 30,
        _ => 0,
    };
}
