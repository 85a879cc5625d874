namespace FastScaling.Otel;

/// <summary>
/// Names of the meters and instruments of ASP.NET Core 10 that the scaling signals are made of.
/// Source: "ASP.NET Core metrics" in the .NET documentation, and the OpenTelemetry semantic conventions for HTTP.
/// </summary>
internal static class StandardInstruments
{
    public const string HostingMeter = "Microsoft.AspNetCore.Hosting";
    public const string RequestDuration = "http.server.request.duration";
    public const string ActiveRequests = "http.server.active_requests";

    public const string KestrelMeter = "Microsoft.AspNetCore.Server.Kestrel";
    public const string ActiveConnections = "kestrel.active_connections";
    public const string QueuedConnections = "kestrel.queued_connections";
    public const string QueuedRequests = "kestrel.queued_requests";

    public const string RateLimitingMeter = "Microsoft.AspNetCore.RateLimiting";
    public const string RateLimiterQueuedRequests = "aspnetcore.rate_limiting.queued_requests";
}
