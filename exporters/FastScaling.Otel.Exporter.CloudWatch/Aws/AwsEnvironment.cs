namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>The environment variables of the AWS conventions that we read ourselves.</summary>
internal sealed class AwsEnvironment
{
    public const string RegionVariable = "AWS_REGION";
    public const string ServiceEndpointVariable = "AWS_ENDPOINT_URL_CLOUDWATCH";
    public const string EndpointVariable = "AWS_ENDPOINT_URL";
    public const string FipsVariable = "AWS_USE_FIPS_ENDPOINT";
    public const string DualStackVariable = "AWS_USE_DUALSTACK_ENDPOINT";

    /// <summary>Names a file of certificate authorities, for the AWS command line and most AWS SDKs.</summary>
    public const string CertificatesVariable = "AWS_CA_BUNDLE";

    private readonly Func<string, string?> _read;

    public AwsEnvironment(Func<string, string?> read) => _read = read;

    public static AwsEnvironment Process { get; } = new(Environment.GetEnvironmentVariable);

    public string? Region => Read(RegionVariable);

    public string? AccessKeyId => Read("AWS_ACCESS_KEY_ID");

    public string? SecretAccessKey => Read("AWS_SECRET_ACCESS_KEY");

    public string? SessionToken => Read("AWS_SESSION_TOKEN");

    public string? Profile => Read("AWS_PROFILE");

    public string? WebIdentityTokenFile => Read("AWS_WEB_IDENTITY_TOKEN_FILE");

    public string? ContainerCredentialsRelativeUri => Read("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

    public string? ContainerCredentialsFullUri => Read("AWS_CONTAINER_CREDENTIALS_FULL_URI");

    public string? ContainerAuthorizationToken => Read("AWS_CONTAINER_AUTHORIZATION_TOKEN");

    public string? ContainerAuthorizationTokenFile => Read("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

    public string? EcsMetadataUri => Read("ECS_CONTAINER_METADATA_URI_V4");

    /// <summary>Whether neither variables nor the profile may set the endpoint.</summary>
    public bool IgnoresConfiguredEndpoints =>
        IsTrue(Read("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) ?? false;

    /// <summary>The variable that sets the endpoint, and its value.</summary>
    public (string Variable, string Value)? Endpoint
    {
        get
        {
            if (IgnoresConfiguredEndpoints)
            {
                return null;
            }

            return Read(ServiceEndpointVariable) is { } service ? (ServiceEndpointVariable, service)
                : Read(EndpointVariable) is { } general ? (EndpointVariable, general)
                : null;
        }
    }

    /// <summary>The value of a variable as it stands, for what belongs to the network and not to AWS.</summary>
    public string? Raw(string name) => _read(name);

    public string? CertificatesFile => Read(CertificatesVariable);

    public string? UseFips => Read(FipsVariable);

    public string? UseDualStack => Read(DualStackVariable);

    /// <summary>What a switch says; null when it says neither true nor false.</summary>
    public static bool? IsTrue(string? text) => bool.TryParse(text, out var value) ? value : null;

    private string? Read(string name) => _read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
