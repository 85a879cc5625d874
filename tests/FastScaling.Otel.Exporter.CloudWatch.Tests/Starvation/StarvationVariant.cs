namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>One way to reach CloudWatch from a process whose thread pool is starved.</summary>
/// <param name="Name">For the report.</param>
/// <param name="ExportIntervalSeconds">The export interval.</param>
/// <param name="ClosesConnection">Whether the endpoint closes the connection after every reply.</param>
/// <param name="IsTls">Whether the endpoint speaks TLS.</param>
/// <param name="HasLateCredentials">
/// Whether there are credentials only from a container endpoint, which has none before the saturation has begun.
/// </param>
internal sealed record StarvationVariant(
    string Name,
    int ExportIntervalSeconds,
    bool ClosesConnection = false,
    bool IsTls = false,
    bool HasLateCredentials = false)
{
    public static IReadOnlyList<StarvationVariant> All { get; } =
    [
        new("Kept connection", ExportIntervalSeconds: 5),
        new("New connection for every call", ExportIntervalSeconds: 2, ClosesConnection: true),
        new("New TLS connection for every call", ExportIntervalSeconds: 2, ClosesConnection: true, IsTls: true),
        new("Container credentials fetched while it lasts", ExportIntervalSeconds: 2, HasLateCredentials: true),
    ];

    public TimeSpan ExportInterval => TimeSpan.FromSeconds(ExportIntervalSeconds);
}
