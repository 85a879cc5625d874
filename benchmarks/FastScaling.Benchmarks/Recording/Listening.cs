namespace FastScaling.Benchmarks;

/// <summary>Who listens to the instruments.</summary>
public enum Listening
{
    /// <summary>Nobody: what the instruments cost by themselves.</summary>
    Nobody,

    /// <summary>A MeterListener that does nothing: the floor, what the framework charges once anyone listens.</summary>
    NoOpListener,

    /// <summary>An application with OpenTelemetry and one reader.</summary>
    OpenTelemetry,

    /// <summary>The same with delta temporality.</summary>
    OpenTelemetryDelta,

    /// <summary>An application with OpenTelemetry and a second standard reader.</summary>
    OpenTelemetryTwoReaders,

    /// <summary>The scaling pipeline alone.</summary>
    FastScaling,

    /// <summary>The scaling pipeline with the opt-in signal FailedRequestsPerSecond.</summary>
    FastScalingWithFailures,

    /// <summary>An application with OpenTelemetry and the scaling pipeline.</summary>
    OpenTelemetryAndFastScaling,

    /// <summary>prometheus-net with its own API: it does not listen to the instruments, it has its own.</summary>
    PrometheusNet,
}
