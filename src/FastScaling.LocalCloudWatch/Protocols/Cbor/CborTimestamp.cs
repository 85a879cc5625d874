namespace FastScaling.LocalCloudWatch.Protocols.Cbor;

/// <summary>A number with tag 1: seconds since the epoch.</summary>
internal sealed record CborTimestamp(double Seconds);
