using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>
/// Looks credentials up, in the order of the AWS SDK: those of the options, environment keys, web identity, profile,
/// container, and whatever else the SDK's chain knows (instance role, SSO). Environment keys and container credentials
/// are ours and need no thread pool; the others are the SDK's.
/// </summary>
internal sealed class CredentialSource
{
    // The SDK caches and renews what it holds; asking it again is cheap.
    private static readonly TimeSpan SdkRefresh = TimeSpan.FromMinutes(1);

    private readonly AwsEnvironment _environment;
    private readonly TimeProvider _time;
    private AWSCredentials? _sdkCredentials;

    public CredentialSource(AWSCredentials? credentials, AwsEnvironment environment, TimeProvider time)
    {
        _sdkCredentials = credentials;
        _environment = environment;
        _time = time;
    }

    /// <summary>Looks up credentials. Can take long, and throws whatever goes wrong.</summary>
    public CredentialSnapshot Get()
    {
        if (_sdkCredentials is null)
        {
            if (_environment is { AccessKeyId: { } accessKeyId, SecretAccessKey: { } secretAccessKey })
            {
                return new CredentialSnapshot(
                    CredentialSnapshot.Create(accessKeyId, secretAccessKey, _environment.SessionToken),
                    RefreshAfter: null);
            }

            if (!HasWebIdentityOrProfile() && ContainerCredentials.EndpointOf(_environment) is { } endpoint)
            {
                return ContainerCredentials.Fetch(endpoint, _environment, _time.GetUtcNow());
            }

            _sdkCredentials = DefaultAWSCredentialsIdentityResolver.GetCredentials(null);
        }

        var current = _sdkCredentials.GetCredentials()
            ?? throw new AmazonClientException("Anonymous credentials cannot sign requests to CloudWatch.");
        return new CredentialSnapshot(
            CredentialSnapshot.Create(current.AccessKey, current.SecretKey, current.Token),
            _sdkCredentials is BasicAWSCredentials or SessionAWSCredentials ? null : SdkRefresh);
    }

    private bool HasWebIdentityOrProfile() =>
        _environment.WebIdentityTokenFile is not null
        || _environment.Profile is not null
        || (new CredentialProfileStoreChain().TryGetProfile("default", out var profile) && profile.CanCreateAWSCredentials);
}
