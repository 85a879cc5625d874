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
/// <param name="Trouble">What every call of the saturation meets.</param>
/// <param name="IsThrottled">Whether the process has a quarter of a core while the saturation lasts.</param>
internal sealed record StarvationVariant(
    string Name,
    int ExportIntervalSeconds,
    bool ClosesConnection = false,
    bool IsTls = false,
    bool HasLateCredentials = false,
    bool HangsOnce = false,
    EndpointTrouble Trouble = EndpointTrouble.None,
    bool IsThrottled = false)
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
        new("A quarter of a core, new connection for every call", ExportIntervalSeconds: 2, ClosesConnection: true, IsThrottled: true),
    ];

    /// <summary>Those in which no call is answered while the saturation lasts.</summary>
    public static IReadOnlyList<StarvationVariant> Troubled { get; } =
    [
        new("An endpoint that never answers", ExportIntervalSeconds: 2, ClosesConnection: true, Trouble: EndpointTrouble.NeverAnswers),
        new("An endpoint that trickles a byte a second", ExportIntervalSeconds: 2, ClosesConnection: true, Trouble: EndpointTrouble.Trickles),
    ];

    public static IEnumerable<StarvationVariant> All => [.. Flawless, .. Troubled, Hanging];

    /// <summary>
    /// On two cores that others use as well, what takes milliseconds may take a second, and more with a quarter of one. Without the exporter's
    /// own threads it takes as long as the saturation.
    /// </summary>
    public TimeSpan Margin => TimeSpan.FromSeconds(IsThrottled ? 2 : 1);

    public bool NeedsRelay => HangsOnce || Trouble != EndpointTrouble.None;

    public TimeSpan ExportInterval => TimeSpan.FromSeconds(ExportIntervalSeconds);
}
