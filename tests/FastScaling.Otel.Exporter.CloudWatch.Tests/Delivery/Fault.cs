namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>What an endpoint does to a call.</summary>
internal enum Fault
{
    None,
    Throttled,
    ServerError,
    Unreachable,
    ResetBeforeReply,
    ResetAfterReply,
    Hang,
    Slow,
    Redirect,
    Garbage,
    Page,
    Nameless,
    ExpiredToken,
    Forbidden,
}
