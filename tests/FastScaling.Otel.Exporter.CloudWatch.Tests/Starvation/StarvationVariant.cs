namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>One way to reach CloudWatch from a process whose thread pool is starved.</summary>
/// <param name="Name">For the report.</param>
/// <param name="ExportIntervalSeconds">The export interval.</param>
/// <param name="ClosesConnection">Whether the endpoint closes the connection after every reply.</param>
/// <param name="IsTls">Whether the endpoint speaks TLS.</param>
/// <param name="HasLateCredentials">
/// Whether there are credentials only from a container endpoint, which has none before the saturation has begun.
/// </param>
/// <param name="HangsOnce">Whether the first call of the saturation is never answered.</param>
internal sealed record StarvationVariant(
    string Name,
    int ExportIntervalSeconds,
    bool ClosesConnection = false,
    bool IsTls = false,
    bool HasLateCredentials = false,
    bool HangsOnce = false)
{
    /// <summary>The one in which a call hangs, so that a sample can be missing.</summary>
    public static StarvationVariant Hanging { get; } =
        new("A call that hangs while it lasts", ExportIntervalSeconds: 2, ClosesConnection: true, HangsOnce: true);

    /// <summary>Those in which nothing may be missing.</summary>
    public static IReadOnlyList<StarvationVariant> Flawless { get; } =
    [
        new("Kept connection", ExportIntervalSeconds: 5),
        new("New connection for every call", ExportIntervalSeconds: 2, ClosesConnection: true),
        new("New TLS connection for every call", ExportIntervalSeconds: 2, ClosesConnection: true, IsTls: true),
        new("Container credentials fetched while it lasts", ExportIntervalSeconds: 2, HasLateCredentials: true),
    ];

    public static IEnumerable<StarvationVariant> All => [.. Flawless, Hanging];

    public TimeSpan ExportInterval => TimeSpan.FromSeconds(ExportIntervalSeconds);
}
