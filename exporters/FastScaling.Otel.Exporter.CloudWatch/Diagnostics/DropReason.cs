namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>Why data were not delivered.</summary>
internal enum DropReason
{
    /// <summary>They were the oldest when the space for waiting data was full.</summary>
    BacklogFull,

    /// <summary>They had waited for too long.</summary>
    Expired,

    /// <summary>CloudWatch refused them.</summary>
    Refused,

    /// <summary>The time to stop was over.</summary>
    Shutdown,

    /// <summary>CloudWatch takes no such values: NaN, infinite, or beyond 2^360. They were never sent.</summary>
    Unpublishable,
}
