using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Certificates that are trusted in place of the system's. For tests with an authority of their own.</summary>
internal sealed record TrustedRoots(X509Certificate2Collection Certificates);
