namespace FastScaling.Otel.Exporter.CloudWatch;

/// <summary>The CloudWatch unit of durations.</summary>
public enum DurationUnit
{
    /// <summary>Seconds.</summary>
    Seconds = 0,

    /// <summary>Milliseconds.</summary>
    Milliseconds = 1,

    /// <summary>Microseconds.</summary>
    Microseconds = 2,
}
