namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>What an endpoint does to every new connection while it has trouble.</summary>
internal enum EndpointTrouble
{
    None,

    /// <summary>It takes the request and never answers.</summary>
    NeverAnswers,

    /// <summary>It answers with a byte a second, so that something always comes.</summary>
    Trickles,
}
