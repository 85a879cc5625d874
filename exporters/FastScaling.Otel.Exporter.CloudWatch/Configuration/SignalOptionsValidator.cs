using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks the options of the signals, built-in and custom, and of surges.</summary>
internal static class SignalOptionsValidator
{
    private const double MaxThreshold = 1e9;
    private const int MaxSignals = 20;
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(1);

    public static void Check(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        if (options.Signals == ScalingSignals.None || (options.Signals & ~SignalMetric.Every) != 0)
        {
            errors.Add($"{nameof(options.Signals)}: '{options.Signals}' is not allowed; allowed is any combination of {ScalingSignals.All}, {ScalingSignals.FailedRequestsPerSecond}, at least one.");
        }

        CheckSurges(options, errors);
        CheckCustom(options, errors);
    }

    /// <summary>Whether a surge threshold is allowed.</summary>
    public static bool IsThreshold(double value) => value > 0 && value <= MaxThreshold;

    private static void CheckCustom(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        const string Option = nameof(options.AddSignal);
        if (options.CustomSignals.Count > MaxSignals)
        {
            errors.Add($"{Option}: {options.CustomSignals.Count} signals are not allowed; allowed are at most {MaxSignals}, since each has a thread.");
        }

        var names = new HashSet<string>(Enum.GetNames<ScalingSignals>(), StringComparer.Ordinal);
        foreach (var signal in options.CustomSignals)
        {
            if (!OptionText.IsName(signal.Name))
            {
                errors.Add($"{Option}: the name '{OptionText.Shorten(signal.Name)}' is not allowed; allowed are {OptionText.AllowedName}.");
            }
            else if (!names.Add(signal.Name))
            {
                errors.Add($"{Option}: the name '{OptionText.Shorten(signal.Name)}' is that of another signal; each must have a name of its own.");
            }

            if (CustomSignal.UnitOf(signal.Unit) is null)
            {
                errors.Add($"{Option}: the unit '{OptionText.Shorten(signal.Unit)}' of '{OptionText.Shorten(signal.Name)}' is not known; allowed is a unit of CloudWatch such as Count, Percent or Milliseconds, or of UCUM such as {{job}}, %, s or By.");
            }

            if (signal.SurgeThreshold is { } value && !IsThreshold(value))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{Option}: the surge threshold {value} of '{OptionText.Shorten(signal.Name)}' is not allowed; allowed is more than 0, up to 1E+09, or null."));
            }
        }
    }

    private static void CheckSurges(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        foreach (var (signal, threshold) in options.SurgeThresholds.All)
        {
            if (threshold is { } value && !IsThreshold(value))
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
}
