using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using Microsoft.Extensions.Options;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks all options, and the environment variables that stand in for them, and reports all errors at once.</summary>
internal sealed class OptionsValidator : IValidateOptions<FastScalingCloudWatchExporterOptions>
{
    private const long MinBacklogBytes = 64 * 1024;
    private const long MaxBacklogBytes = 256 * 1024 * 1024;

    private readonly DestinationOptionsValidator _destination;

    public OptionsValidator()
        : this(AwsEnvironment.Process)
    {
    }

    internal OptionsValidator(AwsEnvironment environment) => _destination = new DestinationOptionsValidator(environment);

    public ValidateOptionsResult Validate(string? name, FastScalingCloudWatchExporterOptions options)
    {
        if (!options.Enabled)
        {
            return ValidateOptionsResult.Success;
        }

        var errors = new List<string>(options.ConfigurationErrors);
        CheckNamespace(nameof(options.Namespace), options.Namespace, errors);
        CheckNamespace(nameof(options.ProviderMetricsNamespace), options.ProviderMetricsNamespace, errors);
        _destination.Check(options, errors);
        CheckIntervals(options, errors);
        CheckDimensions(options, errors);
        CheckBacklog(options, errors);
        SignalOptionsValidator.Check(options, errors);
        MetricOptionsValidator.Check(options, errors);
        if (options.StorageResolution is not (1 or 60))
        {
            errors.Add($"{nameof(options.StorageResolution)}: {options.StorageResolution} is not allowed; allowed are 1 and 60 (seconds).");
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"FastScaling CloudWatch exporter: {error}"));
    }

    private static void CheckNamespace(string option, string? value, List<string> errors)
    {
        if (value is null || value.Length is 0 or > OptionText.MaxNameLength)
        {
            errors.Add($"{option}: '{OptionText.Shorten(value)}' has {value?.Length ?? 0} characters; allowed are 1 to {OptionText.MaxNameLength}.");
        }
        else if (!IsNamespace(value) || value.StartsWith("AWS/", StringComparison.Ordinal))
        {
            errors.Add($"{option}: '{OptionText.Shorten(value)}' is not allowed; allowed are the characters 0-9 A-Z a-z . - _ / # : and it must not start with ':' or 'AWS/'.");
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
        if (options.Dimensions.Count > MetricOptionsValidator.MaxDimensions)
        {
            errors.Add($"{Option}: {options.Dimensions.Count} dimensions are not allowed; allowed are at most {MetricOptionsValidator.MaxDimensions}.");
        }

        foreach (var (name, value) in options.Dimensions)
        {
            if (!OptionText.IsName(name))
            {
                errors.Add($"{Option}: the name '{OptionText.Shorten(name)}' is not allowed; allowed are {OptionText.AllowedName}.");
            }

            if (!OptionText.IsPrintable(value, AcceptableText.MaxValueLength))
            {
                errors.Add($"{Option}: the value '{OptionText.Shorten(value)}' of '{OptionText.Shorten(name)}' is not allowed; allowed are 1 to {AcceptableText.MaxValueLength} printable ASCII characters, not blank.");
            }
        }
    }

    // By hand: loading the regular expressions takes ten milliseconds of the start of the application.
    private static bool IsNamespace(string text) =>
        text[0] != ':' && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '/' or '#' or ':');
}
