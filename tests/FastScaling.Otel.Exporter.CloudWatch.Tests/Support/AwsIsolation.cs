using System.Runtime.CompilerServices;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>
/// Keeps what the AWS SDK reads of the machine (profiles, variables, the instance) away from all tests of the process.
/// Runs before the first of them, so that no test has to change the environment.
/// </summary>
internal static class AwsIsolation
{
    /// <summary>A profile in the only profile file that the tests see; it has an endpoint and a Region.</summary>
    public const string ProfileWithEndpoint = "with-endpoint";

    /// <summary>A profile that asks for FIPS and dual-stack endpoints.</summary>
    public const string ProfileWithVariants = "with-variants";

    /// <summary>A profile with a plain http endpoint on another machine.</summary>
    public const string ProfileWithInsecureEndpoint = "with-insecure-endpoint";

    public const string EndpointOfProfile = "https://profile.example:8081/";

    private static readonly string[] Variables =
    [
        "AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_CLOUDWATCH", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "ECS_CONTAINER_METADATA_URI_V4", "AWS_CA_BUNDLE", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES",
    ];

    [ModuleInitializer]
    internal static void Isolate()
    {
        foreach (var variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        var folder = Directory.CreateTempSubdirectory("fast-scaling-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var profiles = Path.Combine(folder, "config");
        File.WriteAllText(profiles, $"""
            [profile {ProfileWithEndpoint}]
            endpoint_url = {EndpointOfProfile}
            region = eu-west-3
            [profile {ProfileWithVariants}]
            use_fips_endpoint = true
            use_dualstack_endpoint = true
            [profile {ProfileWithInsecureEndpoint}]
            endpoint_url = http://insecure.example/
            """);
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", profiles);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(folder, "none"));
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
    }
}
