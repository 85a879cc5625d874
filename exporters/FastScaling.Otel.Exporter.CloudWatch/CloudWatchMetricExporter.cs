using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>
/// Publishes metrics of every kind and temporality to CloudWatch, at standard resolution, under
/// <see cref="FastScalingCloudWatchExporterOptions.ProviderMetricsNamespace"/>. Works under any reader:
/// <c>new PeriodicExportingMetricReader(new CloudWatchMetricExporter(options))</c>.
/// </summary>
/// <remarks>
/// An export only maps the metrics and hands them on; a thread of the exporter's own sends them, spread over the time
/// until the next export, and after failures again. For most services
/// <see cref="FastScalingCloudWatchExporterOptions.ExportProviderMetrics"/> is all that is needed.
/// </remarks>
public sealed class CloudWatchMetricExporter : BaseExporter<Metric>
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1);

    // The last block has left before the next export comes.
    private const double ShareOfInterval = 0.9;

    private readonly Lock _lock = new();
    private readonly MetricMapping? _mapping;
    private readonly MetricLane? _lane;
    private readonly AwsResolver? _ownResolver;
    private readonly TimeSpan _shutdownTimeout;
    private readonly TimeSpan? _window;
    private long _lastExport;
    private bool _isStopped;

    /// <summary>Creates an exporter. It looks nothing up and connects to nothing before it is used.</summary>
    /// <param name="options">
    /// Where to publish; the options of signals do not matter. They are read once, now. When not
    /// <see cref="FastScalingCloudWatchExporterOptions.Enabled"/>, nothing is exported.
    /// </param>
    /// <param name="loggerFactory">Where the exporter tells of trouble, or null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that is not allowed.</exception>
    public CloudWatchMetricExporter(FastScalingCloudWatchExporterOptions options, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        if (!options.Enabled)
        {
            return;
        }

        var validation = new OptionsValidator().Validate(Options.DefaultName, options);
        if (validation.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(FastScalingCloudWatchExporterOptions), validation.Failures);
        }

        var settings = new ExporterSettings(options).ForProviderMetrics();
        var logger = new SafeLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(typeof(FastScalingCloudWatchExporterOptions).Namespace!));
        _ownResolver = new AwsResolver(
            new DestinationSource(settings, AwsEnvironment.Process, () => ServiceIdentity.Of(ParentProvider, PipelineServices.EntryAssembly)),
            new CredentialSource(settings.Credentials, AwsEnvironment.Process, TimeProvider.System),
            () => _lane!.SendNow(),
            TimeProvider.System,
            logger);
        _lane = new MetricLane(
            nameof(CloudWatchMetricExporter),
            settings,
            _ownResolver,
            new ClockOffset(TimeProvider.System),
            destination => PipelineServices.MayPublish(destination, logger),
            logger,
            () => Network.Of(settings, AwsEnvironment.Process, trustedRoots: null));
        _mapping = MappingOf(settings);
        _shutdownTimeout = settings.ShutdownTimeout;
        _ownResolver.Start();
        _lane.Start();
    }

    /// <summary>An exporter of a pipeline, with its resolver.</summary>
    /// <param name="settings">The settings of provider metrics.</param>
    /// <param name="lane">Where data go; started, and stopped by the exporter.</param>
    /// <param name="window">Over how long the data of an export are spread.</param>
    internal CloudWatchMetricExporter(ExporterSettings settings, MetricLane lane, TimeSpan window)
    {
        _lane = lane;
        _mapping = MappingOf(settings);
        _shutdownTimeout = settings.ShutdownTimeout;
        _window = window * ShareOfInterval;
    }

    /// <summary>What became of the data; null when the exporter is switched off.</summary>
    internal ExporterStatistics? Statistics => _lane?.Statistics;

    /// <summary>Maps the metrics and hands them on. Never throws.</summary>
    /// <param name="batch">The metrics of a collection.</param>
    /// <returns>Success, unless the exporter has been shut down.</returns>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (_mapping is null || _lane is null)
        {
            return ExportResult.Success;
        }

        try
        {
            lock (_lock)
            {
                if (_isStopped)
                {
                    return ExportResult.Failure;
                }

                var blocks = new List<Sample>();
                _mapping.Read(in batch);
                var counts = _mapping.Write(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), isDraining: false, _lane.Rent, block =>
                {
                    if (block.DatumCount > 0)
                    {
                        blocks.Add(block);
                    }
                });
                _lane.Log.Write(counts);
                _lane.Add(blocks, _window ?? TimeSinceLast());
            }

            return ExportResult.Success;
        }
        catch (Exception exception)
        {
            // The reader, and with it the application, must not notice.
            ExporterEventSource.Log.Failed("Exporting", exception);
            return ExportResult.Failure;
        }
    }

    /// <summary>Sends what waits, without spreading it, until it is accepted or the time is over.</summary>
    /// <param name="timeoutMilliseconds">How long to wait; <see cref="Timeout.Infinite"/> waits until it is done.</param>
    /// <returns>Whether everything was accepted in time.</returns>
    protected override bool OnForceFlush(int timeoutMilliseconds) =>
        _lane?.Flush(TimeSpan.FromMilliseconds(timeoutMilliseconds)) ?? true;

    /// <summary>Sends the rest and ends, within <see cref="FastScalingCloudWatchExporterOptions.ShutdownTimeout"/>.</summary>
    /// <param name="timeoutMilliseconds">The most time it may take.</param>
    /// <returns>True.</returns>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        var most = timeoutMilliseconds == Timeout.Infinite ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(timeoutMilliseconds);
        Stop(most < _shutdownTimeout ? most : _shutdownTimeout);
        return true;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Stop(_shutdownTimeout);
        }

        base.Dispose(disposing);
    }

    private static MetricMapping MappingOf(ExporterSettings settings) => new(new MappingSettings
    {
        TagsOf = _ => settings.ProviderMetricsTags,
        Durations = settings.DurationUnit,
        MaxSeries = settings.MaxSeries,
        DimensionBytes = settings.DimensionBytes,
        WatchedSince = TimeProvider.System.GetUtcNow(),
    });

    /// <summary>How long an export of this reader takes to come round; nothing for the first one.</summary>
    private TimeSpan TimeSinceLast()
    {
        var now = TimeProvider.System.GetTimestamp();
        var since = _lastExport == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(_lastExport, now) * ShareOfInterval;
        _lastExport = now;
        return since < LongestWindow ? since : LongestWindow;
    }

    private void Stop(TimeSpan timeout)
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
        }

        try
        {
            _lane?.Stop(timeout);
            _ownResolver?.Stop();
        }
        catch (Exception exception)
        {
            // Disposing the host's provider must not fail because of us.
            ExporterEventSource.Log.Failed("Stopping", exception);
        }
    }
}
