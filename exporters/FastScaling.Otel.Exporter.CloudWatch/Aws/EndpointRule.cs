using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>Which endpoints may be sent to.</summary>
internal static class EndpointRule
{
    /// <summary>The rule, for messages.</summary>
    public const string Allowed = "an absolute https URL (or an http one to loopback, or to anywhere with AllowInsecureEndpoint), without user and query";

    public static bool Allows(Uri endpoint, bool allowInsecure) =>
        endpoint.IsAbsoluteUri
        && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && (endpoint.IsLoopback || allowInsecure)))
        && endpoint.Host.Length > 0
        && endpoint.Query.Length == 0
        && endpoint.UserInfo.Length == 0;

    /// <summary>An endpoint for a message: a user in a URL comes with a password, which must not reach a log.</summary>
    public static string Show(string endpoint) =>
        !endpoint.Contains('@', StringComparison.Ordinal) ? endpoint
        : Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? $"{uri.Scheme}://(user)@{uri.Authority}/"
        : OptionText.HideUser(endpoint);
}
