using System.Security.Cryptography;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Signature Version 4 as AWS documents it, computed from what came over the wire.</summary>
internal static class SignatureCheck
{
    /// <summary>Whether the request carries the signature that its line, headers and body must have.</summary>
    public static bool IsSignedWith(this ReceivedRequest request, string secret)
    {
        // AWS4-HMAC-SHA256 Credential=id/scope, SignedHeaders=a;b, Signature=hex
        var parts = request.Headers["Authorization"].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var scope = parts[1].Split('/', 2)[1];
        var signedHeaders = parts[2].Split('=')[1];
        var line = request.Line.Split(' ');

        var canonical = new StringBuilder($"{line[0]}\n{Uri.EscapeDataString(line[1]).Replace("%2F", "/", StringComparison.Ordinal)}\n\n");
        foreach (var name in signedHeaders.Split(';'))
        {
            canonical.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}:{request.Headers[name]}\n");
        }

        canonical.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{signedHeaders}\n{Convert.ToHexStringLower(SHA256.HashData(request.Body))}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[.. scope.Split('/'), $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{scope}\n{hash}"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return parts[3] == $"Signature={Convert.ToHexStringLower(key)}";
    }
}
