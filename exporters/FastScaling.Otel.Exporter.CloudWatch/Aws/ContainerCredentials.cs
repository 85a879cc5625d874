using System.Globalization;
using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>
/// Credentials of an ECS task role (or EKS pod identity) from the container credentials endpoint, fetched without the
/// thread pool, which the SDK's own provider needs.
/// </summary>
internal static class ContainerCredentials
{
    // How long before their expiry credentials are renewed, and how soon renewing is tried at the earliest.
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MinimumRefresh = TimeSpan.FromSeconds(30);

    // The addresses of ECS and EKS to which plain HTTP is allowed (AWS SDKs reference guide, container credentials).
    private static readonly string[] AllowedHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    /// <summary>The endpoint that the environment names, or null.</summary>
    /// <exception cref="InvalidOperationException">The environment names one that must not be used.</exception>
    public static Uri? EndpointOf(AwsEnvironment environment)
    {
        if (environment.ContainerCredentialsRelativeUri is { } relative)
        {
            return relative.StartsWith('/')
                ? new Uri("http://169.254.170.2" + relative)
                : throw new InvalidOperationException($"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '{relative}' is not allowed; it must start with '/'.");
        }

        if (environment.ContainerCredentialsFullUri is not { } full)
        {
            return null;
        }

        if (Uri.TryCreate(full, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || AllowedHosts.Contains(uri.Host)))))
        {
            return uri;
        }

        throw new InvalidOperationException(
            $"AWS_CONTAINER_CREDENTIALS_FULL_URI: '{full}' is not allowed; it must be an https URL, or an http URL to loopback, ECS or EKS.");
    }

    /// <exception cref="IOException">The endpoint does not answer.</exception>
    /// <exception cref="JsonException">The answer has no credentials.</exception>
    public static CredentialSnapshot Fetch(Uri endpoint, AwsEnvironment environment, DateTimeOffset now) =>
        Parse(LocalHttp.Get(endpoint, AuthorizationOf(environment)), now);

    /// <exception cref="JsonException">The document has no credentials.</exception>
    public static CredentialSnapshot Parse(ReadOnlyMemory<byte> document, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(document);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || JsonText.Of(json.RootElement, "AccessKeyId") is not { } accessKeyId
            || JsonText.Of(json.RootElement, "SecretAccessKey") is not { } secretAccessKey)
        {
            throw new JsonException("The container credentials endpoint answered without credentials.");
        }

        TimeSpan? refreshAfter = null;
        if (DateTimeOffset.TryParse(
            JsonText.Of(json.RootElement, "Expiration"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var expiration))
        {
            var left = expiration - now - RefreshAhead;
            refreshAfter = left > MinimumRefresh ? left : MinimumRefresh;
        }

        return new CredentialSnapshot(
            CredentialSnapshot.Create(accessKeyId, secretAccessKey, JsonText.Of(json.RootElement, "Token")),
            refreshAfter);
    }

    // The file is read each time: EKS rotates the token in it.
    private static string? AuthorizationOf(AwsEnvironment environment)
    {
        var token = environment.ContainerAuthorizationTokenFile is { } file
            ? File.ReadAllText(file).Trim()
            : environment.ContainerAuthorizationToken;
        return token is null || token.AsSpan().IndexOfAny('\r', '\n') < 0
            ? token
            : throw new InvalidOperationException("The container authorization token has more than one line.");
    }
}
