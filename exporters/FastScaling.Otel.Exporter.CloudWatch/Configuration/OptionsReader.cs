using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>
/// Reads the options from configuration, by hand: a value that cannot be read is an error that names option, value and
/// what is allowed, and plain numbers are seconds.
/// </summary>
internal static class OptionsReader
{
    public static void Read(IConfigurationSection section, FastScalingCloudWatchExporterOptions options)
    {
        // Mostly there is no such section, and what reading it takes would be added to the start of the application.
        if (!section.GetChildren().Any())
        {
            return;
        }

        var reader = new Reader(section, options.ConfigurationErrors);
        options.Enabled = reader.Read(nameof(options.Enabled), options.Enabled, bool.TryParse, "true or false");
        options.Namespace = section[nameof(options.Namespace)] ?? options.Namespace;
        options.Region = NullIfBlank(section[nameof(options.Region)]) ?? options.Region;
        options.Endpoint = reader.Read(nameof(options.Endpoint), options.Endpoint, TryParseUri, "an absolute http or https URL");
        options.AllowInsecureEndpoint = reader.Read(nameof(options.AllowInsecureEndpoint), options.AllowInsecureEndpoint, bool.TryParse, "true or false");
        options.UseFipsEndpoint = reader.Read(nameof(options.UseFipsEndpoint), options.UseFipsEndpoint, TryParseSwitch, "true or false");
        options.UseDualStackEndpoint = reader.Read(nameof(options.UseDualStackEndpoint), options.UseDualStackEndpoint, TryParseSwitch, "true or false");
        options.Proxy = reader.Read(nameof(options.Proxy), options.Proxy, TryParseUri, ProxyServer.Allowed);
        options.CertificateAuthorityFile = NullIfBlank(section[nameof(options.CertificateAuthorityFile)]) ?? options.CertificateAuthorityFile;
        options.SampleInterval = reader.ReadDuration(nameof(options.SampleInterval), options.SampleInterval);
        options.ExportInterval = reader.ReadDuration(nameof(options.ExportInterval), options.ExportInterval);
        options.WarmUp = reader.ReadDuration(nameof(options.WarmUp), options.WarmUp);
        options.ShutdownTimeout = reader.ReadDuration(nameof(options.ShutdownTimeout), options.ShutdownTimeout);
        options.MaxBacklogBytes = reader.Read(nameof(options.MaxBacklogBytes), options.MaxBacklogBytes, TryParseLong, "a whole number of bytes");
        options.MaxBacklogAge = reader.ReadDuration(nameof(options.MaxBacklogAge), options.MaxBacklogAge);
        options.StorageResolution = reader.Read(nameof(options.StorageResolution), options.StorageResolution, TryParseInteger, "1 or 60");
        options.Signals = reader.Read(
            nameof(options.Signals),
            options.Signals,
            TryParseSignals,
            $"a list of {string.Join(", ", Enum.GetNames<ScalingSignals>())}");
        options.MaxExtraCallsPerHour = reader.Read(
            nameof(options.MaxExtraCallsPerHour), options.MaxExtraCallsPerHour, TryParseInteger, "a whole number of calls");
        options.QuietExportInterval = reader.ReadDuration(nameof(options.QuietExportInterval), options.QuietExportInterval);
        options.QuietBelow = reader.Read(nameof(options.QuietBelow), options.QuietBelow, TryParseNumber, "a number such as 0.5");
        ReadThresholds(section.GetSection(nameof(options.SurgeThresholds)), options);
        options.ExportProviderMetrics = reader.Read(nameof(options.ExportProviderMetrics), options.ExportProviderMetrics, bool.TryParse, "true or false");
        options.ProviderMetricsNamespace = section[nameof(options.ProviderMetricsNamespace)] ?? options.ProviderMetricsNamespace;
        options.MaxSeries = reader.Read(nameof(options.MaxSeries), options.MaxSeries, TryParseInteger, $"1 to {MetricOptionsValidator.MaxMaxSeries}");
        options.DurationUnit = reader.Read(
            nameof(options.DurationUnit), options.DurationUnit, TryParseUnit, string.Join(", ", Enum.GetNames<DurationUnit>()));
        options.PerTaskSeries = reader.Read(nameof(options.PerTaskSeries), options.PerTaskSeries, bool.TryParse, "true or false");
        options.PublishingContainer = NullIfBlank(section[nameof(options.PublishingContainer)]) ?? options.PublishingContainer;
        foreach (var tag in ListOf(section.GetSection(nameof(options.ProviderMetricsTags))))
        {
            options.ProviderMetricsTags.Add(tag);
        }

        foreach (var rule in section.GetSection(nameof(options.Instruments)).GetChildren())
        {
            var threshold = new Reader(rule, options.ConfigurationErrors).Read<double?>(
                nameof(InstrumentRule.SurgeThreshold), null, TryParseThreshold, "a number such as 100, or off");
            options.Instruments.Add(new InstrumentRule(
                rule["Meter"] ?? string.Empty, rule["Instrument"] ?? "*", ListOf(rule.GetSection("Tags")), threshold));
        }

        foreach (var dimension in section.GetSection(nameof(options.Dimensions)).GetChildren())
        {
            options.Dimensions[dimension.Key] = dimension.Value ?? string.Empty;
        }

        options.ConfigurationWarnings.AddRange(UnknownKeys.Of(section));
    }

    private static void ReadThresholds(IConfigurationSection section, FastScalingCloudWatchExporterOptions options)
    {
        var reader = new Reader(section, options.ConfigurationErrors);
        foreach (var (signal, current) in options.SurgeThresholds.All.ToArray())
        {
            var value = reader.Read(signal.ToString(), current, TryParseThreshold, "a number such as 100, or off");
            options.SurgeThresholds.Set(signal, value);
        }

        foreach (var child in section.GetChildren())
        {
            if (!options.SurgeThresholds.All.Any(threshold => threshold.Key.ToString().Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
            {
                options.ConfigurationErrors.Add(
                    $"{section.Key}: '{child.Key}' (configuration key {child.Path}) is no signal; allowed are {string.Join(", ", options.SurgeThresholds.All.Select(threshold => threshold.Key))}.");
            }
        }
    }

    private static bool TryParseThreshold(string text, out double? value)
    {
        value = null;
        if (text.Trim().Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isNumber = TryParseNumber(text, out var number);
        value = number;
        return isNumber;
    }

    private static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static bool TryParseUri(string text, out Uri? value) => Uri.TryCreate(text, UriKind.Absolute, out value);

    private static bool TryParseSwitch(string text, out bool? value)
    {
        value = bool.TryParse(text, out var parsed) ? parsed : null;
        return value is not null;
    }

    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    /// <summary>A list with a key for each of its items, or in one text with commas.</summary>
    private static string[] ListOf(IConfigurationSection section) =>
    [
        .. (section.Value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        .. section.GetChildren().Select(item => item.Value ?? string.Empty),
    ];

    private static bool TryParseUnit(string text, out DurationUnit value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);

    private static bool TryParseLong(string text, out long value) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryParseSignals(string text, out ScalingSignals value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && (value & ~SignalMetric.Every) == 0;

    private static bool TryParseDuration(string text, out TimeSpan value)
    {
        // "5" would be five days to TimeSpan.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            var isInRange = Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds;
            value = isInRange ? TimeSpan.FromSeconds(seconds) : default;
            return isInRange;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private delegate bool TryParse<T>(string text, out T value);

    private readonly struct Reader(IConfigurationSection section, List<string> errors)
    {
        public T Read<T>(string option, T current, TryParse<T> tryParse, string allowed)
        {
            // A list can also be written as one, with a key for each of its items.
            var text = section[option] ?? string.Join(", ", section.GetSection(option).GetChildren().Select(item => item.Value));
            if (string.IsNullOrWhiteSpace(text))
            {
                return current;
            }

            if (tryParse(text, out var value))
            {
                return value;
            }

            errors.Add($"{option}: '{OptionText.HideUser(text)}' (configuration key {section.Path}:{option}) cannot be read; allowed is {allowed}.");
            return current;
        }

        public TimeSpan ReadDuration(string option, TimeSpan current) =>
            Read(option, current, TryParseDuration, "a number of seconds, or a time such as 00:00:05");
    }
}
