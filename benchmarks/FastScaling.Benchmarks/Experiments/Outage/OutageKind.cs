namespace FastScaling.Benchmarks.Experiments.Outage;

/// <summary>What an endpoint does in an outage.</summary>
internal enum OutageKind
{
    /// <summary>It passes everything on: no outage.</summary>
    None,

    /// <summary>It refuses connections.</summary>
    Refuses,

    /// <summary>It takes what it is sent and never answers.</summary>
    Hangs,

    /// <summary>It answers with 500.</summary>
    Fails,
}
