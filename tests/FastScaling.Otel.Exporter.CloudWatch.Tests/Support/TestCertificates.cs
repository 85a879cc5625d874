using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private string? _rootFile;

    public TestCertificates()
    {
        var request = new CertificateRequest($"CN=FastScaling test root {Guid.NewGuid()}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(1));
    }

    public X509Certificate2Collection Roots => [_root];

    /// <summary>The authority in a PEM file, which is deleted with it.</summary>
    public string RootFile
    {
        get
        {
            if (_rootFile is null)
            {
                _rootFile = Path.Combine(Path.GetTempPath(), $"fastscaling-test-root-{Guid.NewGuid():N}.pem");
                File.WriteAllText(_rootFile, _root.ExportCertificatePem());
            }

            return _rootFile;
        }
    }

    /// <summary>A server certificate for a name and for the loopback addresses.</summary>
    public X509Certificate2 For(string host, bool isExpired = false, bool withLoopback = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (withLoopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(_root, now.AddYears(-1), isExpired ? now.AddDays(-1) : now.AddMonths(6), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        if (_rootFile is not null)
        {
            File.Delete(_rootFile);
        }

        _root.Dispose();
        _key.Dispose();
    }
}
