using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Options;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks all options, and the environment variables that stand in for them, and reports all errors at once.</summary>
internal sealed class OptionsValidator : IValidateOptions<FastScalingCloudWatchExporterOptions>
{
    private const int MaxDimensions = MetricOptionsValidator.MaxDimensions;
    private const int MaxNameLength = 255;
    private const long MinBacklogBytes = 64 * 1024;
    private const long MaxBacklogBytes = 256 * 1024 * 1024;
    private const string RegionForm = "a Region such as eu-central-1";

    internal const double MaxThreshold = 1e9;
    private const int MaxSignals = 20;
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(1);

    private readonly AwsEnvironment _environment;

    public OptionsValidator()
        : this(AwsEnvironment.Process)
    {
    }

    internal OptionsValidator(AwsEnvironment environment) => _environment = environment;

    public ValidateOptionsResult Validate(string? name, FastScalingCloudWatchExporterOptions options)
    {
        if (!options.Enabled)
        {
            return ValidateOptionsResult.Success;
        }

        var errors = new List<string>(options.ConfigurationErrors);
        CheckNamespace(nameof(options.Namespace), options.Namespace, errors);
        CheckNamespace(nameof(options.ProviderMetricsNamespace), options.ProviderMetricsNamespace, errors);
        CheckDestination(options, errors);
        CheckVariants(options, errors);
        CheckNetwork(options, errors);
        CheckIntervals(options, errors);
        CheckDimensions(options, errors);
        CheckSurges(options, errors);
        CheckSignals(options, errors);
        CheckBacklog(options, errors);
        MetricOptionsValidator.Check(options, errors);

        if (options.StorageResolution is not (1 or 60))
        {
            errors.Add($"{nameof(options.StorageResolution)}: {options.StorageResolution} is not allowed; allowed are 1 and 60 (seconds).");
        }

        if (options.Signals == ScalingSignals.None || (options.Signals & ~SignalMetric.Every) != 0)
        {
            errors.Add($"{nameof(options.Signals)}: '{options.Signals}' is not allowed; allowed is any combination of {ScalingSignals.All}, {ScalingSignals.FailedRequestsPerSecond}, at least one.");
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"FastScaling CloudWatch exporter: {error}"));
    }

    private static void CheckNamespace(string option, string? value, List<string> errors)
    {
        if (value is null || value.Length is 0 or > MaxNameLength)
        {
            errors.Add($"{option}: '{Shorten(value)}' has {value?.Length ?? 0} characters; allowed are 1 to {MaxNameLength}.");
        }
        else if (!IsNamespace(value) || value.StartsWith("AWS/", StringComparison.Ordinal))
        {
            errors.Add($"{option}: '{Shorten(value)}' is not allowed; allowed are the characters 0-9 A-Z a-z . - _ / # : and it must not start with ':' or 'AWS/'.");
        }
    }

    private void CheckDestination(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        if (options.Region is not null)
        {
            CheckRegion(nameof(options.Region), options.Region, errors);
        }
        else if (_environment.Region is { } region)
        {
            CheckRegion(AwsEnvironment.RegionVariable, region, errors);
        }

        if (EndpointOf(options) is { } endpoint
            && !(Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri) && EndpointRule.Allows(uri, options.AllowInsecureEndpoint)))
        {
            errors.Add($"{endpoint.Source}: '{Shorten(EndpointRule.Show(endpoint.Value))}' is not allowed; allowed is {EndpointRule.Allowed}.");
        }
    }

    private (string Source, string Value)? EndpointOf(FastScalingCloudWatchExporterOptions options) =>
        options.Endpoint is { } endpoint ? (nameof(options.Endpoint), endpoint.OriginalString) : _environment.Endpoint;

    private void CheckVariants(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        Check(nameof(options.UseFipsEndpoint), options.UseFipsEndpoint, AwsEnvironment.FipsVariable, _environment.UseFips);
        Check(nameof(options.UseDualStackEndpoint), options.UseDualStackEndpoint, AwsEnvironment.DualStackVariable, _environment.UseDualStack);

        void Check(string option, bool? value, string variable, string? text)
        {
            var (source, isOn) = value is not null ? (option, value) : (variable, AwsEnvironment.IsTrue(text));
            if (isOn is null && text is not null)
            {
                errors.Add($"{source}: '{Shorten(text)}' is not allowed; allowed are true and false.");
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
        if (options.Proxy is not null || ProxySettings.AreIn(_environment.Raw))
        {
            CheckProxy(options, errors);
        }

        var (source, file) = options.CertificateAuthorityFile is { } path
            ? (nameof(options.CertificateAuthorityFile), path)
            : (AwsEnvironment.CertificatesVariable, _environment.CertificatesFile);
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
            // What cannot be read can still hold a password.
            var shown = value.Contains('@', StringComparison.Ordinal) ? "(hidden)@" + value[(value.LastIndexOf('@') + 1)..] : value;
            errors.Add($"{source}: '{Shorten(shown)}' is not allowed; allowed is {ProxyServer.Allowed}.");
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
            errors.Add($"{source}: '{Shorten(file)}' is not allowed, because {exception.Message}; allowed is {CertificateBundle.Allowed}.");
        }
    }

    /// <summary>The variable that would be used, as far as that is known before the Region is.</summary>
    private (string Variable, string Value)? ProxyVariable(FastScalingCloudWatchExporterOptions options)
    {
        var endpoint = EndpointOf(options)?.Value ?? "https://monitoring.us-east-1.amazonaws.com/";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) ? ProxySettings.OfEnvironment(_environment.Raw).VariableFor(uri) : null;
    }

    private static void CheckRegion(string source, string region, List<string> errors)
    {
        if (!IsRegion(region))
        {
            errors.Add($"{source}: '{Shorten(region)}' is not allowed; allowed is {RegionForm}.");
        }
    }

    private static void CheckIntervals(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        var sample = options.SampleInterval;
        var isSampleRight = sample >= TimeSpan.FromSeconds(1) && sample <= TimeSpan.FromSeconds(60) && sample.Ticks % TimeSpan.TicksPerSecond == 0;
        if (!isSampleRight)
        {
            errors.Add($"{nameof(options.SampleInterval)}: {sample} is not allowed; allowed are whole seconds from 00:00:01 to 00:01:00.");
        }

        var export = options.ExportInterval;
        if (export < TimeSpan.FromSeconds(1) || export > TimeSpan.FromMinutes(5))
        {
            errors.Add($"{nameof(options.ExportInterval)}: {export} is not allowed; allowed is 00:00:01 to 00:05:00.");
        }
        else if (isSampleRight && export.Ticks % sample.Ticks != 0)
        {
            errors.Add($"{nameof(options.ExportInterval)}: {export} is not allowed; it must be a multiple of {nameof(options.SampleInterval)}, which is {sample}.");
        }

        CheckRange(nameof(options.WarmUp), options.WarmUp, TimeSpan.FromHours(1), errors);
        CheckRange(nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.FromSeconds(30), errors);
    }

    private static void CheckSignals(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        const string Option = nameof(options.AddSignal);
        if (options.CustomSignals.Count > MaxSignals)
        {
            errors.Add($"{Option}: {options.CustomSignals.Count} signals are not allowed; allowed are at most {MaxSignals}, since each has a thread.");
        }

        var names = new HashSet<string>(Enum.GetNames<ScalingSignals>(), StringComparer.Ordinal);
        foreach (var signal in options.CustomSignals)
        {
            if (!IsPrintable(signal.Name, MaxNameLength) || signal.Name.StartsWith(':'))
            {
                errors.Add($"{Option}: the name '{Shorten(signal.Name)}' is not allowed; allowed are 1 to {MaxNameLength} printable ASCII characters, not blank, not starting with ':'.");
            }
            else if (!names.Add(signal.Name))
            {
                errors.Add($"{Option}: the name '{Shorten(signal.Name)}' is that of another signal; each must have a name of its own.");
            }

            if (CustomSignal.UnitOf(signal.Unit) is null)
            {
                errors.Add($"{Option}: the unit '{Shorten(signal.Unit)}' of '{Shorten(signal.Name)}' is not known; allowed is a unit of CloudWatch such as Count, Percent or Milliseconds, or of UCUM such as {{job}}, %, s or By.");
            }

            if (signal.SurgeThreshold is { } value && !(value > 0 && value <= MaxThreshold))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{Option}: the surge threshold {value} of '{Shorten(signal.Name)}' is not allowed; allowed is more than 0, up to 1E+09, or null."));
            }
        }
    }

    private static void CheckSurges(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        foreach (var (signal, threshold) in options.SurgeThresholds.All)
        {
            if (threshold is { } value && !(value > 0 && value <= MaxThreshold))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(options.SurgeThresholds)}.{signal}: {value} is not allowed; allowed is more than 0, up to 1E+09, or off (null in code)."));
            }
        }

        if (options.MaxExtraCallsPerHour is < 0 or > 3600)
        {
            errors.Add($"{nameof(options.MaxExtraCallsPerHour)}: {options.MaxExtraCallsPerHour} is not allowed; allowed is 0 to 3600.");
        }

        if (!(options.QuietBelow >= 0.05 && options.QuietBelow <= 0.9))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(options.QuietBelow)}: {options.QuietBelow} is not allowed; allowed is 0.05 to 0.9."));
        }

        var quiet = options.QuietExportInterval;
        if (quiet != TimeSpan.Zero
            && (quiet < TimeSpan.Zero || quiet > LongestQuiet || options.ExportInterval <= TimeSpan.Zero || quiet.Ticks % options.ExportInterval.Ticks != 0))
        {
            errors.Add($"{nameof(options.QuietExportInterval)}: {quiet} is not allowed; allowed is 00:00:00 (off), or a multiple of {nameof(options.ExportInterval)}, which is {options.ExportInterval}, up to {LongestQuiet}.");
        }
    }

    private static void CheckBacklog(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        if (options.MaxBacklogBytes is < MinBacklogBytes or > MaxBacklogBytes)
        {
            errors.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{nameof(options.MaxBacklogBytes)}: {options.MaxBacklogBytes} is not allowed; allowed is {MinBacklogBytes} to {MaxBacklogBytes} (bytes)."));
        }

        if (options.MaxBacklogAge < TimeSpan.FromSeconds(10) || options.MaxBacklogAge > TimeSpan.FromDays(1))
        {
            errors.Add($"{nameof(options.MaxBacklogAge)}: {options.MaxBacklogAge} is not allowed; allowed is 00:00:10 to {TimeSpan.FromDays(1)}.");
        }
    }

    private static void CheckRange(string option, TimeSpan value, TimeSpan max, List<string> errors)
    {
        if (value < TimeSpan.Zero || value > max)
        {
            errors.Add($"{option}: {value} is not allowed; allowed is 00:00:00 to {max}.");
        }
    }

    private static void CheckDimensions(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        const string Option = nameof(options.Dimensions);
        if (options.Dimensions.Count > MaxDimensions)
        {
            errors.Add($"{Option}: {options.Dimensions.Count} dimensions are not allowed; allowed are at most {MaxDimensions}.");
        }

        foreach (var (name, value) in options.Dimensions)
        {
            if (!IsPrintable(name, MaxNameLength) || name.StartsWith(':'))
            {
                errors.Add($"{Option}: the name '{Shorten(name)}' is not allowed; allowed are 1 to {MaxNameLength} printable ASCII characters, not blank, not starting with ':'.");
            }

            if (!IsPrintable(value, DimensionNames.MaxValueLength))
            {
                errors.Add($"{Option}: the value '{Shorten(value)}' of '{Shorten(name)}' is not allowed; allowed are 1 to {DimensionNames.MaxValueLength} printable ASCII characters, not blank.");
            }
        }
    }

    private static bool IsPrintable(string? text, int maxLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength && text.All(character => character is >= ' ' and <= '~');

    private static string Shorten(string? text) => text is null ? "null" : text.Length <= 60 ? text : text[..60] + "…";

    // By hand: loading the regular expressions takes ten milliseconds of the start of the application.
    private static bool IsNamespace(string text) =>
        text[0] != ':' && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '/' or '#' or ':');

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
