using System.Globalization;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>An HTTP proxy. Its credentials appear in the requests to it and nowhere else.</summary>
internal sealed class ProxyServer
{
    /// <summary>What a proxy's URL must be, for messages.</summary>
    public const string Allowed = "an http URL of a proxy, such as http://proxy.example:3128 or http://user:password@proxy.example:3128";

    private ProxyServer(Uri uri)
    {
        Host = uri.IdnHost;
        Port = uri.Port;
        Authority = uri.Authority;
        if (uri.UserInfo.Length > 0)
        {
            var user = uri.UserInfo.Split(':', 2);
            var pair = $"{Uri.UnescapeDataString(user[0])}:{(user.Length > 1 ? Uri.UnescapeDataString(user[1]) : string.Empty)}";
            AuthorizationHeader = $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}\r\n";
        }
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Host and port, for messages.</summary>
    public string Authority { get; }

    /// <summary>The header line with the credentials; empty without any.</summary>
    public string AuthorizationHeader { get; } = string.Empty;

    /// <summary>Reads a URL; one without a scheme is an http one.</summary>
    /// <returns>Null when it is none, or one of another scheme.</returns>
    public static ProxyServer? TryParse(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri.Host.Length > 0
        && uri.PathAndQuery == "/"
        && !HasControlCharacter(uri.UserInfo)
            ? new ProxyServer(uri)
            : null;

    /// <summary>The request that opens a tunnel.</summary>
    public string ConnectHead(string host, int port)
    {
        var authority = string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
        return $"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{AuthorizationHeader}\r\n";
    }

    /// <summary>Why the proxy did not let a request to an origin pass, in a sentence.</summary>
    public string Explain(int status, Uri origin) => status switch
    {
        407 when AuthorizationHeader.Length == 0 => $"The proxy {this} asks for credentials (status 407). They belong into its URL.",
        407 => $"The proxy {this} does not accept the credentials in its URL (status 407).",
        502 or 503 or 504 => string.Create(CultureInfo.InvariantCulture, $"The proxy {this} cannot reach {origin.Authority} (status {status})."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The proxy {this} refuses to connect to {origin.Authority} (status {status})."),
    };

    public override string ToString() => Authority;

    private static bool HasControlCharacter(string userInfo) => Uri.UnescapeDataString(userInfo).Any(char.IsControl);
}
