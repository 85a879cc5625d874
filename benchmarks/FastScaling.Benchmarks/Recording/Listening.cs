namespace FastScaling.Benchmarks;

/// <summary>Who listens to the instruments while a request is recorded.</summary>
public enum Listening
{
    /// <summary>Nobody: what the instruments cost by themselves.</summary>
    Nobody,

    /// <summary>An application with OpenTelemetry and one reader.</summary>
    OpenTelemetry,

    /// <summary>The same with a second standard reader.</summary>
    OpenTelemetryTwoReaders,

    /// <summary>The scaling pipeline alone.</summary>
    FastScaling,

    /// <summary>An application with OpenTelemetry and the scaling pipeline.</summary>
    OpenTelemetryAndFastScaling,
}
