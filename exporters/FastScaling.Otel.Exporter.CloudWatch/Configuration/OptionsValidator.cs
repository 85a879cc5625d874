using System.Globalization;
using System.Text.RegularExpressions;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using Microsoft.Extensions.Options;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks all options, and the environment variables that stand in for them, and reports all errors at once.</summary>
internal sealed partial class OptionsValidator : IValidateOptions<FastScalingCloudWatchExporterOptions>
{
    private const int MaxDimensions = 30;
    private const int MaxNameLength = 255;
    private const long MinBacklogBytes = 64 * 1024;
    private const long MaxBacklogBytes = 256 * 1024 * 1024;
    private const string HttpUrl = "an absolute http or https URL";
    private const string RegionForm = "a Region such as eu-central-1";

    private const double MaxThreshold = 1e9;
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
        CheckNamespace(options, errors);
        CheckDestination(options, errors);
        CheckIntervals(options, errors);
        CheckDimensions(options, errors);
        CheckSurges(options, errors);
        CheckSignals(options, errors);
        CheckBacklog(options, errors);

        if (options.StorageResolution is not (1 or 60))
        {
            errors.Add($"{nameof(options.StorageResolution)}: {options.StorageResolution} is not allowed; allowed are 1 and 60 (seconds).");
        }

        if (options.Signals == ScalingSignals.None || (options.Signals & ~ScalingSignals.All) != 0)
        {
            errors.Add($"{nameof(options.Signals)}: '{options.Signals}' is not allowed; allowed is any combination of {ScalingSignals.All}, at least one.");
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"FastScaling CloudWatch exporter: {error}"));
    }

    private static void CheckNamespace(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        var value = options.Namespace;
        if (value is null || value.Length is 0 or > MaxNameLength)
        {
            errors.Add($"{nameof(options.Namespace)}: '{Shorten(value)}' has {value?.Length ?? 0} characters; allowed are 1 to {MaxNameLength}.");
        }
        else if (!NamespacePattern().IsMatch(value) || value.StartsWith("AWS/", StringComparison.Ordinal))
        {
            errors.Add($"{nameof(options.Namespace)}: '{Shorten(value)}' is not allowed; allowed are the characters 0-9 A-Z a-z . - _ / # : and it must not start with ':' or 'AWS/'.");
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

        if (options.Endpoint is { } endpoint)
        {
            CheckEndpoint(nameof(options.Endpoint), endpoint.OriginalString, errors);
        }
        else if (_environment.Endpoint is { } fromEnvironment)
        {
            CheckEndpoint(fromEnvironment.Variable, fromEnvironment.Value, errors);
        }
    }

    private static void CheckRegion(string source, string region, List<string> errors)
    {
        if (!RegionPattern().IsMatch(region))
        {
            errors.Add($"{source}: '{Shorten(region)}' is not allowed; allowed is {RegionForm}.");
        }
    }

    private static void CheckEndpoint(string source, string endpoint, List<string> errors)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
            || uri.Query.Length > 0
            || uri.UserInfo.Length > 0)
        {
            // A user in a URL comes with a password, which must not reach a log.
            var shown = uri?.UserInfo.Length > 0 ? $"{uri.Scheme}://(user)@{uri.Authority}/" : endpoint;
            errors.Add($"{source}: '{Shorten(shown)}' is not allowed; allowed is {HttpUrl}, without user and query.");
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

    [GeneratedRegex(@"^[0-9A-Za-z._/#-][0-9A-Za-z._/#:-]*\z")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^[a-z]{2,8}(-[a-z]{2,12}){1,3}-[0-9]{1,2}\z")]
    private static partial Regex RegionPattern();
}
