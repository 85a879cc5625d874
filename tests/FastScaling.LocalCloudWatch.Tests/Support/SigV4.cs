using System.Security.Cryptography;
using System.Text;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>Signs a request by Signature Version 4, written for these tests from the specification alone.</summary>
internal sealed class SigV4
{
    public string AccessKeyId { get; init; } = "AKIDEXAMPLE";

    public string Secret { get; init; } = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public string Service { get; init; } = "monitoring";

    public string? SessionToken { get; init; }

    public bool SignToken { get; init; } = true;

    public bool AddBodyHash { get; init; }

    public void Sign(HttpRequestMessage request, Uri endpoint, byte[] body, DateTimeOffset time)
    {
        var stamp = $"{time.UtcDateTime:yyyyMMdd}T{time.UtcDateTime:HHmmss}Z";
        var day = stamp[..8];
        request.Headers.Remove("Authorization");
        request.Headers.Remove("X-Amz-Date");
        request.Headers.Add("X-Amz-Date", stamp);
        var hash = Hex(SHA256.HashData(body));
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = request.Content!.Headers.ContentType!.ToString(),
            ["host"] = endpoint.Authority,
            ["x-amz-date"] = stamp,
        };
        if (request.Headers.TryGetValues("X-Amz-Target", out var target))
        {
            signed["x-amz-target"] = target.Single();
        }

        if (AddBodyHash)
        {
            request.Headers.Add("X-Amz-Content-Sha256", hash);
            signed["x-amz-content-sha256"] = hash;
        }

        if (SessionToken is not null)
        {
            request.Headers.Add("X-Amz-Security-Token", SessionToken);
            if (SignToken)
            {
                signed["x-amz-security-token"] = SessionToken;
            }
        }

        var names = string.Join(';', signed.Keys);
        var canonical = $"POST\n{request.RequestUri!.OriginalString}\n\n" + string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n")) + $"\n{names}\n{hash}";
        var scope = $"{day}/eu-central-1/{Service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + Secret), day), "eu-central-1"), Service), "aws4_request");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{scope}, SignedHeaders={names}, Signature={Hex(Hmac(key, toSign))}");
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
