namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>What the application calls itself.</summary>
/// <param name="Name">
/// The <c>service.name</c> of the OpenTelemetry resource, or null when there is none but the SDK's stand-in
/// <c>unknown_service</c>.
/// </param>
/// <param name="ApplicationName">The name of the application's host or assembly.</param>
internal sealed record ServiceIdentity(string? Name, string ApplicationName);
