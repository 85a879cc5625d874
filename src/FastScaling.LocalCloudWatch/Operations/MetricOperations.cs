using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>Answers the requests about metrics. No protocol is known here.</summary>
internal sealed class MetricOperations
{
    private readonly CloudWatchModel _model;
    private readonly TimeProvider _clock;

    public MetricOperations(CloudWatchModel model, TimeProvider clock)
    {
        _model = model;
        _clock = clock;
    }

    public CloudWatchReply Answer(CloudWatchRequest request)
    {
        var now = _clock.GetUtcNow();
        _model.Ingest(now);
        return request switch
        {
            PutMetricDataRequest put => Put(put, now),
            GetMetricDataRequest get => GetMetricData.Answer(get, _model.Store, now),
            GetMetricStatisticsRequest get => GetMetricStatistics.Answer(get, _model.Store),
            ListMetricsRequest list => ListMetrics.Answer(list, _model.Store),
            _ => throw CloudWatchError.InvalidAction(request.GetType().Name),
        };
    }

    private PutMetricDataReply Put(PutMetricDataRequest request, DateTimeOffset now)
    {
        var samples = PutMetricDataValidator.Validate(request, now);
        _model.Put(now, samples);
        return new PutMetricDataReply(request.Namespace!, samples.Count);
    }
}
