using System.Globalization;
using FastScaling.Lab.Templates;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using Microsoft.Extensions.Configuration;

namespace FastScaling.Lab.Checks;

/// <summary>
/// What the exporter of a task publishes with the environment variables of its task definition. Read and judged by the exporter's own code.
/// </summary>
internal sealed class PublishedMetrics
{
    private readonly Dictionary<string, string> _units;

    private readonly IConfigurationSection _section;

    private PublishedMetrics(FastScalingCloudWatchExporterOptions options, IReadOnlyList<string> errors, IConfigurationSection section)
    {
        _section = section;
        Options = options;
        Errors = errors;
        _units = SignalMetric.All.Where(metric => options.Signals.HasFlag(metric.Signal)).ToDictionary(metric => metric.Name, metric => metric.Unit, StringComparer.Ordinal);
        DimensionNames = options.Dimensions.Count > 0 ? [.. options.Dimensions.Keys] : [Otel.Exporter.CloudWatch.Aws.DimensionNames.ClusterName, Otel.Exporter.CloudWatch.Aws.DimensionNames.ServiceName];
    }

    public FastScalingCloudWatchExporterOptions Options { get; }

    /// <summary>What the exporter would refuse at start.</summary>
    public IReadOnlyList<string> Errors { get; }

    public IReadOnlyList<string> DimensionNames { get; }

    public IEnumerable<string> Names => _units.Keys;

    public static string? UnitOfAnySignal(string metric) => SignalMetric.All.FirstOrDefault(one => one.Name == metric)?.Unit;

    /// <param name="task">The task definition; null for the defaults.</param>
    /// <param name="overrides">Options in place of those of the task definition, by their names.</param>
    public static PublishedMetrics Of(TaskDefinitionResource? task, IReadOnlyDictionary<string, string>? overrides = null)
    {
        // Values that only a deployment knows are left at their defaults.
        var variables = (task?.Environment ?? new Dictionary<string, ScalarNode>())
            .Where(variable => variable.Value.Unknown is null)
            .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value.Text))
            .Concat((overrides ?? new Dictionary<string, string>()).Select(one => KeyValuePair.Create(
                $"{FastScalingCloudWatchExporterOptions.ConfigurationSection}:{one.Key.Replace("__", ":", StringComparison.Ordinal)}", (string?)one.Value)))
            .GroupBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.Last());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(variables).Build();
        var options = new FastScalingCloudWatchExporterOptions(configuration);
        var result = new OptionsValidator(new AwsEnvironment(_ => null)).Validate(null, options);
        return new PublishedMetrics(options, [.. result.Failures ?? []], configuration.GetSection(FastScalingCloudWatchExporterOptions.ConfigurationSection));
    }

    /// <summary>The unit of a metric, or null when it is not published.</summary>
    public string? UnitOf(string metric) => _units.GetValueOrDefault(metric);

    /// <summary>An option as a number, or null when it is not set to one. For options of the newest exporter.</summary>
    public double? Number(string option) =>
        double.TryParse(_section[option], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
