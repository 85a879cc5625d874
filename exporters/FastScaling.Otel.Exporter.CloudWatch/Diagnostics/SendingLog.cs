using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>What the sending thread tells the application's log: each kind of trouble at most once a minute.</summary>
internal sealed class SendingLog
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // A collection this late has been held up by more than a busy moment.
    private static readonly TimeSpan NotableLateness = TimeSpan.FromSeconds(1);

    private readonly ExporterStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly RateLimit _failed = new(Period);
    private readonly RateLimit _refused = new(Period);
    private readonly RateLimit _unknown = new(Period);
    private TimeSpan _reportedLateness = NotableLateness;
    private bool _isFailing;

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
            PipelineRegistry.Describe(destination.Dimensions),
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

    public void Sent(SendResult result, int data, int pendingSamples)
    {
        ExporterEventSource.Log.RequestEnded(result.Outcome.ToString(), data, result.Reason);
        var now = TimeSpan.FromSeconds(_time.GetTimestamp() / (double)_time.TimestampFrequency);
        switch (result.Outcome)
        {
            case SendOutcome.Accepted when _isFailing:
                _isFailing = false;
                Logger.SendingRecovered();
                break;
            case SendOutcome.Failed when _failed.Allows(now):
                _isFailing = true;
                Logger.SendingFails(result.Reason, pendingSamples);
                break;
            case SendOutcome.Refused when _refused.Allows(now):
                Logger.DataRefused(result.Reason, data);
                break;
            case SendOutcome.Unknown when _unknown.Allows(now):
                Logger.OutcomeUnknown(result.Reason, data);
                break;
        }

        // The sampling thread must not wait for a log, so its lateness is reported here.
        if (_statistics.LongestLateness > _reportedLateness)
        {
            _reportedLateness = _statistics.LongestLateness * 2;
            Logger.CollectionLate(_statistics.LongestLateness);
        }
    }
}
