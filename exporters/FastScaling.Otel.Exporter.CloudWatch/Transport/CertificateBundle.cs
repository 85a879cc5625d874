using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>A file of certificate authorities in PEM, which are trusted in place of the system's.</summary>
internal static class CertificateBundle
{
    /// <summary>The variable with which the AWS command line and most AWS SDKs name such a file.</summary>
    public const string Variable = "AWS_CA_BUNDLE";

    /// <summary>What a file must be, for messages.</summary>
    public const string Allowed = "a file of certificates in PEM";

    /// <summary>The file that the environment names, or null.</summary>
    public static string? FileOf(Func<string, string?> read) =>
        read(Variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

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
