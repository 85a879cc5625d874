using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Checks the options of what is published besides the signals.</summary>
internal static class MetricOptionsValidator
{
    /// <summary>The most dimensions of a metric (PutMetricData, API reference).</summary>
    public const int MaxDimensions = 30;

    /// <summary>The most series that an application may tell apart.</summary>
    public const int MaxMaxSeries = 100_000;

    public static void Check(FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        if (options.MaxSeries is < 1 or > MaxMaxSeries)
        {
            errors.Add($"{nameof(options.MaxSeries)}: {options.MaxSeries} is not allowed; allowed are 1 to {MaxMaxSeries}.");
        }

        if (!Enum.IsDefined(options.DurationUnit))
        {
            errors.Add($"{nameof(options.DurationUnit)}: '{options.DurationUnit}' is not allowed; allowed are {string.Join(", ", Enum.GetNames<DurationUnit>())}.");
        }

        if (options.PublishingContainer is not null && string.IsNullOrWhiteSpace(options.PublishingContainer))
        {
            errors.Add($"{nameof(options.PublishingContainer)}: '{options.PublishingContainer}' is not allowed; allowed is the name of a container, or null.");
        }

        foreach (var rule in options.Instruments)
        {
            var what = $"AddInstrument('{rule.Meter}', '{rule.Pattern}')";
            CheckPattern(rule.Meter, $"{what}: the meter", errors);
            CheckPattern(rule.Pattern, $"{what}: the instrument pattern", errors);
            CheckTags(rule.Tags, $"{what}: the tag", options, errors);
            if (rule.SurgeThreshold is { } threshold && !SignalOptionsValidator.IsThreshold(threshold))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: the surge threshold {threshold} is not allowed; allowed is more than 0, up to 1E+09."));
            }
        }

        CheckTags([.. options.ProviderMetricsTags], nameof(options.ProviderMetricsTags), options, errors);
        if (options.ExportProviderMetrics && options.ProviderMetricsNamespace == options.Namespace)
        {
            errors.Add($"{nameof(options.ProviderMetricsNamespace)}: '{options.ProviderMetricsNamespace}' is not allowed; it must not be that of the signals ({nameof(options.Namespace)}).");
        }

        if (options.PerTaskSeries && options.Dimensions.Count >= MaxDimensions)
        {
            errors.Add($"{nameof(options.Dimensions)}: {options.Dimensions.Count} dimensions are not allowed with {nameof(options.PerTaskSeries)}; allowed are at most {MaxDimensions - 1}.");
        }

        if (options.PerTaskSeries && options.Dimensions.ContainsKey(DimensionNames.TaskId))
        {
            errors.Add($"{nameof(options.Dimensions)}: the name '{DimensionNames.TaskId}' is not allowed with {nameof(options.PerTaskSeries)}, which adds it.");
        }
    }

    private static void CheckPattern(string pattern, string what, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            errors.Add($"{what} '{pattern}' is not allowed; allowed is a name, in which * stands for any characters.");
        }
    }

    private static void CheckTags(IReadOnlyList<string> tags, string what, FastScalingCloudWatchExporterOptions options, List<string> errors)
    {
        string[] ofService = options.Dimensions.Count > 0
            ? [.. options.Dimensions.Keys]
            : [DimensionNames.ClusterName, DimensionNames.ServiceName];
        string[] taken = [.. ofService, DimensionNames.TaskId, DimensionNames.Overflow, TagKey.SdkOverflow];
        foreach (var tag in tags)
        {
            if (tag is null || AcceptableText.Name(tag) != tag)
            {
                errors.Add($"{what} '{tag}' is not allowed; allowed are {OptionText.AllowedName}.");
            }
            else if (taken.Contains(tag))
            {
                errors.Add($"{what} '{tag}' is not allowed; it is a dimension that every metric has or that is added.");
            }
        }

        if (tags.Distinct().Count() != tags.Count)
        {
            errors.Add($"{what} '{string.Join(", ", tags)}' is not allowed; allowed is each tag once.");
        }

        // The mark of the overflow series takes a place of its own where there are no tags.
        var most = MaxDimensions - ofService.Length;
        if (Math.Max(1, tags.Count) > most && tags.Count > 0)
        {
            errors.Add($"{what}: {tags.Count} tags are not allowed; with {ofService.Length} dimensions of the service allowed are at most {most}.");
        }
    }
}
