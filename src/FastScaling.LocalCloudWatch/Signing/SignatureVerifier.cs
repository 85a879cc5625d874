using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FastScaling.LocalCloudWatch.Errors;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Signing;

/// <summary>Checks Signature Version 4: in full when the secrets are known, otherwise its shape.</summary>
internal sealed class SignatureVerifier
{
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> _secrets;
    private readonly TimeProvider _clock;

    public SignatureVerifier(IDictionary<string, string> secrets, TimeProvider clock)
    {
        _secrets = new Dictionary<string, string>(secrets, StringComparer.Ordinal);
        _clock = clock;
    }

    /// <summary>Returns the access key id.</summary>
    public string Verify(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var header = AuthorizationHeader.Parse(request.Headers.Authorization.ToString());
        var dateText = request.Headers["X-Amz-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(dateText, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            throw CloudWatchError.IncompleteSignature("Authorization header requires existence of an 'X-Amz-Date' header of the form 20261123T010203Z.");
        }

        if (_secrets.Count == 0)
        {
            return header.AccessKeyId;
        }

        if (!_secrets.TryGetValue(header.AccessKeyId, out var secret))
        {
            throw CloudWatchError.InvalidClientTokenId();
        }

        VerifyDate(header, dateText, date);
        VerifySignedHeaders(request, header);
        var expected = Sign(secret, header, dateText, CanonicalRequest.Of(request, header.SignedHeaders, BodyHash(request, body)));
        if (!CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(header.Signature)))
        {
            throw CloudWatchError.SignatureDoesNotMatch(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
        }

        return header.AccessKeyId;
    }

    private void VerifyDate(AuthorizationHeader header, string dateText, DateTimeOffset date)
    {
        if (!dateText.StartsWith(header.Date, StringComparison.Ordinal) || header.Date.Length != 8)
        {
            throw CloudWatchError.SignatureDoesNotMatch(
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{header.Date}' != '{dateText[..8]}'.");
        }

        var now = _clock.GetUtcNow();
        if (date < now - LargestSkew)
        {
            throw CloudWatchError.SignatureDoesNotMatch(FormattableString.Invariant(
                $"Signature expired: {dateText} is now earlier than {now - LargestSkew:yyyyMMdd'T'HHmmss'Z'} (5 min.)"));
        }

        if (date > now + LargestSkew)
        {
            throw CloudWatchError.SignatureDoesNotMatch(FormattableString.Invariant(
                $"Signature not yet current: {dateText} is still later than {now + LargestSkew:yyyyMMdd'T'HHmmss'Z'} (5 min.)"));
        }
    }

    // AWS demands that every x-amz-* header is signed, the session token among them.
    private static void VerifySignedHeaders(HttpRequest request, AuthorizationHeader header)
    {
        foreach (var name in request.Headers.Keys)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !header.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw CloudWatchError.SignatureDoesNotMatch($"There were headers present in the request which were not signed: {name}.");
            }
        }
    }

    private static string BodyHash(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var sent = request.Headers["X-Amz-Content-Sha256"].ToString();
        return sent.Length == 0 || sent == hash
            ? hash
            : throw CloudWatchError.SignatureDoesNotMatch("The header 'x-amz-content-sha256' does not match the body that was sent.");
    }

    private static byte[] Sign(string secret, AuthorizationHeader header, string date, string canonicalRequest)
    {
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{header.Scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in (string[])[.. header.Scope.Split('/'), toSign])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }
}
