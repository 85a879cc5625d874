namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>Who takes samples, each on a thread of its own.</summary>
internal enum SampleSource
{
    /// <summary>The signals, built-in and custom.</summary>
    Signals,

    /// <summary>The instruments of the application.</summary>
    Instruments,
}
