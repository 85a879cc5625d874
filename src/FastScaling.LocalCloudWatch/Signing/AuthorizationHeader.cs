using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Signing;

/// <summary>An Authorization header of Signature Version 4, taken apart.</summary>
internal sealed record AuthorizationHeader(
    string AccessKeyId, string Date, string Region, IReadOnlyList<string> SignedHeaders, string Signature)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "monitoring";
    private const string Terminator = "aws4_request";

    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";

    public static AuthorizationHeader Parse(string header)
    {
        if (header.Length == 0)
        {
            throw CloudWatchError.MissingAuthenticationToken();
        }

        if (!header.StartsWith($"{Algorithm} ", StringComparison.Ordinal))
        {
            throw CloudWatchError.IncompleteSignature($"The Authorization header does not start with '{Algorithm}'.");
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals]] = part[(equals + 1)..];
            }
        }

        var credential = Part(parts, "Credential").Split('/');
        var signedHeaders = Part(parts, "SignedHeaders").Split(';');
        var signature = Part(parts, "Signature");
        if (credential.Length != 5 || Array.Exists(credential, string.IsNullOrEmpty))
        {
            throw CloudWatchError.IncompleteSignature("Credential must have the form key-id/date/region/service/aws4_request.");
        }

        if (signature.Length != 64 || !signature.All(char.IsAsciiHexDigitLower))
        {
            throw CloudWatchError.IncompleteSignature("Signature must be 64 lower-case hexadecimal digits.");
        }

        if (!signedHeaders.Contains("host", StringComparer.Ordinal))
        {
            throw CloudWatchError.IncompleteSignature("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (credential[3] != Service || credential[4] != Terminator)
        {
            throw CloudWatchError.SignatureDoesNotMatch(
                $"Credential should be scoped to correct service: '{Service}', with the terminator '{Terminator}'.");
        }

        return new AuthorizationHeader(credential[0], credential[1], credential[2], signedHeaders, signature);
    }

    private static string Part(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw CloudWatchError.IncompleteSignature($"Authorization header requires '{name}' parameter.");
}
