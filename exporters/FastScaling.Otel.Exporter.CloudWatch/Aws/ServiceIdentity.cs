using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>What the application calls itself.</summary>
/// <param name="Name">
/// The <c>service.name</c> of the OpenTelemetry resource, or null when there is none but the SDK's stand-in
/// <c>unknown_service</c>.
/// </param>
/// <param name="ApplicationName">The name of the application's host or assembly.</param>
internal sealed record ServiceIdentity(string? Name, string ApplicationName)
{
    /// <summary>
    /// What the resource of a provider says, which can only be read once the provider has been built: null until then.
    /// </summary>
    public static ServiceIdentity? Of(BaseProvider? provider, string applicationName)
    {
        if (provider?.GetResource() is not { } resource)
        {
            return null;
        }

        var name = resource.Attributes.FirstOrDefault(attribute => attribute.Key == "service.name").Value as string;
        var isKnown = !string.IsNullOrWhiteSpace(name) && !name.StartsWith("unknown_service", StringComparison.Ordinal);
        return new ServiceIdentity(isKnown ? name : null, applicationName);
    }
}
