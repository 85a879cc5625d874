namespace FastScaling.Demo.Display;

/// <summary>Where a browser finds what runs.</summary>
internal sealed record DemoAddresses(Uri Service, Uri CloudWatch);
