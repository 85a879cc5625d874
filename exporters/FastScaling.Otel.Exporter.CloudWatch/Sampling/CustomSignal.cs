using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>A signal of the application's own.</summary>
/// <param name="Name">The name of the CloudWatch metric.</param>
/// <param name="Unit">A unit of CloudWatch or of UCUM.</param>
/// <param name="Observe">Gives the value of now; called once a sample interval on a thread of its own.</param>
/// <param name="SurgeThreshold">From where on a rise is a surge, in the unit of the value; null takes no part.</param>
internal sealed record CustomSignal(string Name, string Unit, Func<double> Observe, double? SurgeThreshold)
{
    /// <summary>CloudWatch's own units (MetricDatum, API reference).</summary>
    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second",
        "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    };

    /// <summary>The unit in CloudWatch and what a value is multiplied by; null when the unit is not known.</summary>
    public static CloudWatchUnit? UnitOf(string unit)
    {
        if (Units.Contains(unit))
        {
            return new CloudWatchUnit(unit, 1);
        }

        var mapped = CloudWatchUnit.Of(unit, DurationUnit.Milliseconds);
        return mapped.Name == CloudWatchUnit.None && unit != "1" ? null : mapped;
    }
}
