namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>What became of a request.</summary>
internal enum SendOutcome
{
    /// <summary>CloudWatch has the data.</summary>
    Accepted,

    /// <summary>CloudWatch does not have the data, and may take them later: they are kept.</summary>
    Failed,

    /// <summary>CloudWatch will never take these data: they are dropped and counted.</summary>
    Refused,

    /// <summary>
    /// The request left and no reply came. PutMetricData is not idempotent, so the data are not sent again; they are
    /// counted as unknown.
    /// </summary>
    Unknown,
}
