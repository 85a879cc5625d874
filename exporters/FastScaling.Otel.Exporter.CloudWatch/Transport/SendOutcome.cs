namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>What became of a request.</summary>
internal enum SendOutcome
{
    /// <summary>CloudWatch has the data.</summary>
    Accepted,

    /// <summary>CloudWatch does not have the data, and may take them in a moment: no connection, 5xx, 408, redirect, not CloudWatch.</summary>
    Failed,

    /// <summary>CloudWatch asks for fewer calls.</summary>
    Throttled,

    /// <summary>The credentials have expired; they are renewed.</summary>
    ExpiredCredentials,

    /// <summary>The time in the signature was wrong; CloudWatch's own is known now.</summary>
    ClockSkewed,

    /// <summary>The credentials are not accepted, or may not publish. Somebody has to change something.</summary>
    Forbidden,

    /// <summary>The request is too large; its halves may not be.</summary>
    TooLarge,

    /// <summary>CloudWatch will never take at least one of these data.</summary>
    Refused,

    /// <summary>
    /// The request left and no reply came. PutMetricData is not idempotent, so the data are not sent again; they are
    /// counted as unknown.
    /// </summary>
    Unknown,
}
