using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks the options of where to publish and how to get there, and the environment variables that stand in for them.</summary>
/// <param name="environment">The variables.</param>
internal sealed class DestinationOptionsValidator(AwsEnvironment environment)
{
    private const string RegionForm = "a Region such as eu-central-1";

    public void Check(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        CheckEndpoint(options, errors);
        CheckVariants(options, errors);
        CheckNetwork(options, errors);
    }

    private void CheckEndpoint(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        if (options.Region is not null)
        {
            CheckRegion(nameof(options.Region), options.Region, errors);
        }
        else if (environment.Region is { } region)
        {
            CheckRegion(AwsEnvironment.RegionVariable, region, errors);
        }

        if (EndpointOf(options) is { } endpoint
            && !(Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri) && EndpointRule.Allows(uri, options.AllowInsecureEndpoint)))
        {
            errors.Add($"{endpoint.Source}: '{OptionText.Shorten(EndpointRule.Show(endpoint.Value))}' is not allowed; allowed is {EndpointRule.Allowed}.");
        }
    }

    private void CheckVariants(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        Check(nameof(options.UseFipsEndpoint), options.UseFipsEndpoint, AwsEnvironment.FipsVariable, environment.UseFips);
        Check(nameof(options.UseDualStackEndpoint), options.UseDualStackEndpoint, AwsEnvironment.DualStackVariable, environment.UseDualStack);

        void Check(string option, bool? value, string variable, string? text)
        {
            var (source, isOn) = value is not null ? (option, value) : (variable, AwsEnvironment.IsTrue(text));
            if (isOn is null && text is not null)
            {
                errors.Add($"{source}: '{OptionText.Shorten(text)}' is not allowed; allowed are true and false.");
            }
            else if (isOn == true && EndpointOf(options) is { } endpoint)
            {
                errors.Add($"{source}: 'true' is not allowed together with an endpoint, which {endpoint.Source} sets; allowed is one of the two.");
            }
        }
    }

    private void CheckNetwork(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        // Mostly there is neither, and only then are proxies and certificates worth their share of the start.
        if (options.Proxy is not null || ProxySettings.AreIn(environment.Raw))
        {
            CheckProxy(options, errors);
        }

        var (source, file) = options.CertificateAuthorityFile is { } path
            ? (nameof(options.CertificateAuthorityFile), path)
            : (AwsEnvironment.CertificatesVariable, environment.CertificatesFile);
        if (file is not null)
        {
            CheckCertificates(source, file, errors);
        }
    }

    private void CheckProxy(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        var proxy = options.Proxy is { } set ? (nameof(options.Proxy), set.OriginalString) : ProxyVariable(options);
        if (proxy is var (source, value) && ProxyServer.TryParse(value) is null)
        {
            errors.Add($"{source}: '{OptionText.Shorten(OptionText.HideUser(value))}' is not allowed; allowed is {ProxyServer.Allowed}.");
        }
    }

    private static void CheckCertificates(string source, string file, List<string> errors)
    {
        try
        {
            _ = CertificateBundle.Load(file);
        }
        catch (InvalidDataException exception)
        {
            errors.Add($"{source}: '{OptionText.Shorten(file)}' is not allowed, because {exception.Message}; allowed is {CertificateBundle.Allowed}.");
        }
    }

    private static void CheckRegion(string source, string region, List<string> errors)
    {
        if (!IsRegion(region))
        {
            errors.Add($"{source}: '{OptionText.Shorten(region)}' is not allowed; allowed is {RegionForm}.");
        }
    }

    private (string Source, string Value)? EndpointOf(FastScalingCloudWatchExporterOptions options) =>
        options.Endpoint is { } endpoint ? (nameof(options.Endpoint), endpoint.OriginalString) : environment.Endpoint;

    /// <summary>The variable that would be used, as far as that is known before the Region is.</summary>
    private (string Variable, string Value)? ProxyVariable(FastScalingCloudWatchExporterOptions options)
    {
        var endpoint = EndpointOf(options)?.Value ?? "https://monitoring.us-east-1.amazonaws.com/";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) ? ProxySettings.OfEnvironment(environment.Raw).VariableFor(uri) : null;
    }

    /// <summary>Two to four words of small letters, the first of 2 to 8, the others of 2 to 12, and a number of one or two digits.</summary>
    private static bool IsRegion(string text)
    {
        var parts = text.Split('-');
        if (parts.Length is < 3 or > 5 || parts[^1].Length is 0 or > 2 || !parts[^1].All(char.IsAsciiDigit))
        {
            return false;
        }

        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].Length < 2 || parts[i].Length > (i == 0 ? 8 : 12) || !parts[i].All(char.IsAsciiLetterLower))
            {
                return false;
            }
        }

        return true;
    }
}
