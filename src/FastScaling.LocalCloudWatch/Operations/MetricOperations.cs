using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>Answers a request from the store. No protocol is known here.</summary>
internal sealed class MetricOperations
{
    private readonly MetricStore _store;
    private readonly TimeProvider _clock;

    public MetricOperations(MetricStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    public CloudWatchReply Answer(CloudWatchRequest request) => request switch
    {
        PutMetricDataRequest put => Put(put),
        GetMetricDataRequest get => GetMetricData.Answer(get, _store),
        GetMetricStatisticsRequest get => GetMetricStatistics.Answer(get, _store),
        ListMetricsRequest list => ListMetrics.Answer(list, _store),
        _ => throw CloudWatchError.InvalidAction(request.GetType().Name),
    };

    private PutMetricDataReply Put(PutMetricDataRequest request)
    {
        var samples = PutMetricDataValidator.Validate(request, _clock.GetUtcNow());
        _store.Add(samples);
        return new PutMetricDataReply(request.Namespace!, samples.Count);
    }
}
