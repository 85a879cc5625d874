using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>A certificate for loopback, and the root that issued it in a PEM file.</summary>
internal sealed class TestCertificates : IDisposable
{
    public TestCertificates()
    {
        var now = DateTimeOffset.UtcNow;
        var (from, to) = (now.AddDays(-1), now.AddDays(1));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=FastScaling test root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=FastScaling test server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from, to, RandomNumberGenerator.GetBytes(8));
        Server = certificate.CopyWithPrivateKey(key);

        RootPath = Path.Combine(Path.GetTempPath(), $"fastscaling-test-root-{Guid.NewGuid():N}.pem");
        File.WriteAllText(RootPath, root.ExportCertificatePem());
    }

    public X509Certificate2 Server { get; }

    public string RootPath { get; }

    public void Dispose()
    {
        Server.Dispose();
        File.Delete(RootPath);
    }
}
