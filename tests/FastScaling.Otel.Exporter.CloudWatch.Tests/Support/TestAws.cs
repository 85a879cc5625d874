using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Environments, settings and credentials for tests.</summary>
internal static class TestAws
{
    public const string AccessKeyId = "AKIDTEST";

    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static BasicAWSCredentials Credentials => new(AccessKeyId, SecretAccessKey);

    public static AwsEnvironment Environment(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault);

    public static ExporterSettings Settings(Action<FastScalingCloudWatchExporterOptions>? configure = null)
    {
        var options = new FastScalingCloudWatchExporterOptions();
        configure?.Invoke(options);
        return new ExporterSettings(options);
    }

    /// <summary>Settings with which nothing has to be looked up.</summary>
    public static ExporterSettings Settings(Uri endpoint) => Settings(options =>
    {
        options.Region = "eu-central-1";
        options.Endpoint = endpoint;
        options.Credentials = Credentials;
        options.Dimensions["ServiceName"] = "test";
    });
}
