using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>A file of certificate authorities in PEM, which are trusted in place of the system's.</summary>
internal static class CertificateBundle
{
    /// <summary>What a file must be, for messages.</summary>
    public const string Allowed = "a file of certificates in PEM";

    /// <exception cref="InvalidDataException">The file cannot be read, or has no certificate.</exception>
    public static X509Certificate2Collection Load(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException("it cannot be read", exception);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException("it has a certificate that is broken", exception);
        }

        return certificates.Count > 0 ? certificates : throw new InvalidDataException("it has no certificate");
    }
}
