namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>The wire protocols; theories run over both.</summary>
public enum Wire
{
    Json,
    Query,
}
