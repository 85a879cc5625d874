namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Which proxy a connection goes through. The variables are those of .NET's own HttpClient, with what curl and Go agree
/// on besides: loopback is never proxied, and <c>NO_PROXY</c> may hold ports and CIDR ranges.
/// </summary>
internal sealed class ProxySettings
{
    private static readonly string[] HttpsVariables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] HttpVariables = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] ExemptionVariables = ["no_proxy", "NO_PROXY"];

    private readonly (string Variable, string Value)? _https;
    private readonly (string Variable, string Value)? _http;
    private readonly ProxyServer? _fixed;
    private readonly ProxyExemptions _exemptions;

    private ProxySettings(
        (string Variable, string Value)? https, (string Variable, string Value)? http, ProxyServer? @fixed, ProxyExemptions exemptions)
    {
        _https = https;
        _http = http;
        _fixed = @fixed;
        _exemptions = exemptions;
    }

    public static ProxySettings None { get; } = new(null, null, null, new ProxyExemptions(string.Empty));

    /// <summary>Whether the environment names any proxy.</summary>
    public static bool AreIn(Func<string, string?> read) => First(HttpsVariables, read) is not null || First(HttpVariables, read) is not null;

    /// <summary>One proxy for everything, whatever the environment says.</summary>
    public static ProxySettings Of(Uri proxy) => new(null, null, ProxyServer.TryParse(proxy.OriginalString), None._exemptions);

    public static ProxySettings OfEnvironment(Func<string, string?> read)
    {
        // In a CGI process HTTP_PROXY comes from the request's header "Proxy".
        var isCgi = !string.IsNullOrEmpty(read("GATEWAY_INTERFACE"));
        return new ProxySettings(
            First(HttpsVariables, read),
            First(isCgi ? [.. HttpVariables.Where(variable => variable != "HTTP_PROXY")] : HttpVariables, read),
            null,
            new ProxyExemptions(First(ExemptionVariables, read)?.Value ?? string.Empty));
    }

    /// <summary>The proxy for an origin, or null.</summary>
    public ProxyServer? For(Uri origin) =>
        _fixed ?? (VariableFor(origin) is { } variable ? ProxyServer.TryParse(variable.Value) : null);

    /// <summary>The variable that names the proxy for an origin, and its value; null when the origin is exempt.</summary>
    public (string Variable, string Value)? VariableFor(Uri origin) =>
        origin.IsLoopback || _exemptions.Contain(origin.IdnHost, origin.Port)
            ? null
            : origin.Scheme == Uri.UriSchemeHttps ? _https : _http;

    private static (string Variable, string Value)? First(string[] variables, Func<string, string?> read)
    {
        foreach (var variable in variables)
        {
            if (read(variable) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return (variable, value.Trim());
            }
        }

        return null;
    }
}
