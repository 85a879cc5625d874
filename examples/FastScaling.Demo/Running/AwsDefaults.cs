using Amazon.Runtime;

namespace FastScaling.Demo.Running;

/// <summary>What signs the calls. The local CloudWatch takes any credentials; real ones are never used.</summary>
internal static class AwsDefaults
{
    public const string Region = "eu-central-1";

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("demo", "demo");
}
