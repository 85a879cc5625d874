using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// Counts what of the application's metrics could not be published as it was, and tells the application's log: each
/// kind at most once a minute.
/// </summary>
internal sealed class MappingLog
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger;
    private readonly ExporterStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly RateLimit _unpublishable = new(Period);
    private readonly RateLimit _folded = new(Period);
    private readonly RateLimit _sdkOverflow = new(Period);

    public MappingLog(ILogger logger, ExporterStatistics statistics, TimeProvider time)
    {
        _logger = logger;
        _statistics = statistics;
        _time = time;
    }

    public void Write(MappingCounts counts)
    {
        if (counts == default)
        {
            return;
        }

        var now = _time.GetElapsedTime(0);
        _statistics.Mapped(counts);
        if (counts.Unpublishable > 0)
        {
            // Each would have been a datum, or a part of one.
            _statistics.Collected(0, counts.Unpublishable, 0, TimeSpan.Zero);
            _statistics.Drop(DropReason.Unpublishable, counts.Unpublishable);
            if (_unpublishable.Allows(now))
            {
                _logger.ValuesUnpublishable(counts.Unpublishable);
            }
        }

        if (counts.Folded > 0 && _folded.Allows(now))
        {
            _logger.SeriesFolded(counts.Folded);
        }

        if (counts.SdkOverflow > 0 && _sdkOverflow.Allows(now))
        {
            _logger.SdkOverflow(counts.SdkOverflow);
        }

        if (counts.NameClash is { } name)
        {
            _logger.NameClash(name);
        }
    }
}
