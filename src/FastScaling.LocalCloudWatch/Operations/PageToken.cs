using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>A token that says after which item a page begins. It continues the request it came from, and no other.</summary>
internal static class PageToken
{
    public static string Of(string last, string request) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Fingerprint(request)}|{last}"));

    /// <summary>The last item of the page before; empty for the first page.</summary>
    public static string After(string? token, string request)
    {
        if (token is null)
        {
            return "";
        }

        var decoded = new byte[token.Length];
        if (Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, decoded, out var length))
        {
            var text = Encoding.UTF8.GetString(decoded, 0, length);
            var prefix = $"{Fingerprint(request)}|";
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length)
            {
                return text[prefix.Length..];
            }
        }

        throw CloudWatchError.InvalidNextToken();
    }

    private static string Fingerprint(string request) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request)), 0, 8);
}
