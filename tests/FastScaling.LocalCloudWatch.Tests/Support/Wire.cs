namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>The wire protocols; theories run over all.</summary>
public enum Wire
{
    Json,
    Query,
    Cbor,
}
