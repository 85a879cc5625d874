using Amazon.Runtime;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>Credentials that can be signed with at once, without any further look-up.</summary>
/// <param name="Credentials">Basic or session credentials.</param>
/// <param name="RefreshAfter">How long until they should be looked up again; null when they never change.</param>
internal sealed record CredentialSnapshot(AWSCredentials Credentials, TimeSpan? RefreshAfter)
{
    public static AWSCredentials Create(string accessKeyId, string secretAccessKey, string? sessionToken) =>
        string.IsNullOrEmpty(sessionToken)
            ? new BasicAWSCredentials(accessKeyId, secretAccessKey)
            : new SessionAWSCredentials(accessKeyId, secretAccessKey, sessionToken);

    // No credential in a log by accident.
    public override string ToString() => nameof(CredentialSnapshot);
}
