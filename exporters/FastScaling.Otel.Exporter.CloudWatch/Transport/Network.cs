using System.Security.Cryptography.X509Certificates;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>How connections leave the process: whom they trust, through which proxy, and how names become addresses.</summary>
internal sealed class Network
{
    /// <summary>The system's certificates and no proxy.</summary>
    public static Network Direct { get; } = new();

    /// <summary>Trusted in place of the system's certificates; null trusts those.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public ProxySettings Proxies { get; init; } = ProxySettings.None;

    public HostLookup Lookup { get; init; } = new();

    /// <summary>What options and environment say.</summary>
    /// <param name="settings">The options, which have been validated.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="trustedRoots">Certificates that come before any file, or null.</param>
    public static Network Of(ExporterSettings settings, AwsEnvironment environment, X509Certificate2Collection? trustedRoots)
    {
        var file = settings.CertificateAuthorityFile ?? environment.CertificatesFile;
        return new Network
        {
            TrustedRoots = trustedRoots ?? (file is null ? null : CertificateBundle.Load(file)),
            Proxies = settings.Proxy is { } proxy ? ProxySettings.Of(proxy) : ProxySettings.OfEnvironment(environment.Raw),
        };
    }
}
