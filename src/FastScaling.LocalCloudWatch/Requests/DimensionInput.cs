namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record DimensionInput(string? Name, string? Value);
