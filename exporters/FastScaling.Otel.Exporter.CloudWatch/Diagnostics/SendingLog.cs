using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>What the sending thread tells the application's log: each kind of trouble at most once a minute.</summary>
internal sealed class SendingLog
{
    // Metrics that are told of by name: a process that invents names must not fill the log.
    private const int MaxMetrics = 100;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // A collection this late has been held up by more than a busy moment.
    private static readonly TimeSpan NotableLateness = TimeSpan.FromSeconds(1);

    private readonly ExporterStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly RateLimit _failed = new(Period);
    private readonly RateLimit _refused = new(Period);
    private readonly RateLimit _tooLarge = new(Period);
    private readonly RateLimit _unknown = new(Period);
    private readonly RateLimit _forbidden = new(Period);
    private readonly RateLimit _skewed = new(Period);
    private readonly RateLimit _dropped = new(Period);
    private readonly HashSet<string> _refusedMetrics = new(StringComparer.Ordinal);
    private TimeSpan _reportedLateness = NotableLateness;
    private string _lastReason = string.Empty;
    private long _reportedExpired;
    private long _reportedFull;
    private bool _isFailing;
    private bool _isForbidden;

    public SendingLog(ILogger logger, ExporterStatistics statistics, TimeProvider time)
    {
        Logger = logger;
        _statistics = statistics;
        _time = time;
    }

    public ILogger Logger { get; }

    public void Started(ExporterSettings settings, Destination destination, string? assumedServiceName)
    {
        if (!settings.IsAnnounced)
        {
            return;
        }

        Logger.Publishing(
            CostEstimate.Describe(settings),
            settings.Namespace,
            DimensionNames.Describe(destination.Dimensions),
            destination.Endpoint,
            settings.ExportInterval,
            CostEstimate.Price(settings));
        if (assumedServiceName is not null)
        {
            Logger.ServiceNameAssumed(assumedServiceName);
        }

        // The SDK gives every Region that it does not know this name.
        if (destination.Region.DisplayName == "Unknown")
        {
            Logger.RegionUnknown(destination.Region.SystemName, destination.Endpoint);
        }
    }

    /// <param name="result">What became of a call.</param>
    /// <param name="data">How many data it had.</param>
    /// <param name="pendingSamples">How many samples wait, with those of the call.</param>
    /// <param name="metricNamespace">Where it was to publish.</param>
    /// <param name="offset">How far the clock is off.</param>
    public void Sent(SendResult result, int data, int pendingSamples, string metricNamespace, TimeSpan offset)
    {
        ExporterEventSource.Log.RequestEnded(result.Outcome.ToString(), data, result.Reason);
        var now = Now;
        _lastReason = result.Reason;
        switch (result.Outcome)
        {
            case SendOutcome.Accepted when _isFailing:
                _isFailing = false;
                _isForbidden = false;
                Logger.SendingRecovered();
                break;
            case SendOutcome.Failed or SendOutcome.Throttled or SendOutcome.ExpiredCredentials when _failed.Allows(now):
                _isFailing = true;
                Logger.SendingFails(result.Reason, pendingSamples);
                break;
            case SendOutcome.Forbidden when !_isForbidden && _forbidden.Allows(now):
                _isFailing = true;
                _isForbidden = true;
                Forbidden(result, metricNamespace);
                break;
            case SendOutcome.ClockSkewed when _skewed.Allows(now):
                Logger.ClockCorrected(offset, result.Reason);
                break;
            case SendOutcome.TooLarge when _tooLarge.Allows(now):
                Logger.RequestTooLarge(result.Reason, data);
                break;
            case SendOutcome.Refused when _refused.Allows(now):
                Logger.DataRefused(result.Reason, data);
                break;
            case SendOutcome.Unknown when _unknown.Allows(now):
                Logger.OutcomeUnknown(result.Reason, data);
                break;
        }
    }

    /// <summary>A datum of this metric is dropped alone.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="reason">Why; null for the reason of the last call.</param>
    public void Refused(string metric, string? reason)
    {
        ExporterEventSource.Log.DatumRefused(metric, reason ?? _lastReason);
        if (_refusedMetrics.Count < MaxMetrics && _refusedMetrics.Add(metric))
        {
            Logger.MetricRefused(metric, reason ?? _lastReason);
        }
    }

    /// <summary>A turn has ended: tells what happened meanwhile on the sampling thread, which must not wait for a log.</summary>
    public void TurnEnded()
    {
        if (_statistics.LongestLateness > _reportedLateness)
        {
            _reportedLateness = _statistics.LongestLateness * 2;
            Logger.CollectionLate(_statistics.LongestLateness);
        }

        var (expired, full) = (_statistics.Dropped(DropReason.Expired), _statistics.Dropped(DropReason.BacklogFull));
        if ((expired, full) != (_reportedExpired, _reportedFull) && _dropped.Allows(Now))
        {
            Logger.BacklogDropped(expired - _reportedExpired, full - _reportedFull);
            ExporterEventSource.Log.DataDropped(nameof(DropReason.Expired), expired - _reportedExpired);
            ExporterEventSource.Log.DataDropped(nameof(DropReason.BacklogFull), full - _reportedFull);
            (_reportedExpired, _reportedFull) = (expired, full);
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private void Forbidden(SendResult result, string metricNamespace)
    {
        // Without a code that we know, it is not said whose fault it is: the permission is the usual one.
        if (result.ErrorType is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized" or "403")
        {
            Logger.PermissionMissing(metricNamespace, result.Reason);
        }
        else
        {
            Logger.CredentialsNotAccepted(metricNamespace, result.Reason);
        }
    }
}
