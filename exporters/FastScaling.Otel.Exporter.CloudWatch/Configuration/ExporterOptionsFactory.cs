using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>
/// Creates options from configuration, before any code configures them: so code wins, whatever the order of the calls.
/// </summary>
internal sealed class ExporterOptionsFactory : OptionsFactory<FastScalingCloudWatchExporterOptions>
{
    private readonly IConfiguration? _configuration;

    public ExporterOptionsFactory(
        IEnumerable<IConfigureOptions<FastScalingCloudWatchExporterOptions>> setups,
        IEnumerable<IPostConfigureOptions<FastScalingCloudWatchExporterOptions>> postConfigures,
        IEnumerable<IValidateOptions<FastScalingCloudWatchExporterOptions>> validations,
        IConfiguration? configuration = null)
        : base(setups, postConfigures, validations) => _configuration = configuration;

    protected override FastScalingCloudWatchExporterOptions CreateInstance(string name) =>
        _configuration is null
            ? new FastScalingCloudWatchExporterOptions()
            : new FastScalingCloudWatchExporterOptions(_configuration);
}
