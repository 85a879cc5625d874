using FastScaling.LocalCloudWatch;
using FastScaling.StarvedService;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>What came of one run with a starved thread pool.</summary>
/// <param name="Saturation">What the saturation did to ordinary code in the same process.</param>
/// <param name="Service">What the service says about its life.</param>
/// <param name="AnsweredRequests">Requests that the test sent, all of which were answered.</param>
/// <param name="CredentialsGiven">When there were credentials for the first time.</param>
/// <param name="Hung">When the call that hangs was sent and when it was given up, in the variant that has one.</param>
/// <param name="Attempts">When each call that met trouble was sent and given up, in the variants that have it.</param>
/// <param name="Calls">The PutMetricData calls in the order in which they came.</param>
/// <param name="RejectedCalls">Calls that the local CloudWatch refused.</param>
/// <param name="Ages">How long after the end of each second its sample came.</param>
/// <param name="Series">What the local CloudWatch held at the end, by metric.</param>
internal sealed record StarvationResult(
    SaturationReport Saturation,
    ServiceReport Service,
    int AnsweredRequests,
    DateTimeOffset CredentialsGiven,
    (DateTimeOffset Sent, DateTimeOffset GivenUp)? Hung,
    IReadOnlyList<(DateTimeOffset Sent, DateTimeOffset GivenUp)> Attempts,
    IReadOnlyList<PutMetricDataReceipt> Calls,
    long RejectedCalls,
    IReadOnlyList<(DateTimeOffset Second, TimeSpan Age)> Ages,
    IReadOnlyDictionary<string, LocalCloudWatchSeries> Series)
{
    public IReadOnlyList<LocalCloudWatchDataPoint> Points(ScalingSignals signal) => Series[signal.ToString()].DataPoints;

    /// <summary>The longest time between two calls that touches the saturation; for ever when there are no two.</summary>
    public TimeSpan LongestGap => Calls
        .Zip(Calls.Skip(1))
        .Where(pair => pair.Second.ReceivedAt >= Saturation.Begin && pair.First.ReceivedAt <= Saturation.End)
        .Select(pair => pair.Second.ReceivedAt - pair.First.ReceivedAt)
        .DefaultIfEmpty(TimeSpan.MaxValue)
        .Max();

    /// <summary>How long after the end of its second any sample came, from the first call on.</summary>
    public TimeSpan LongestAge => Ages
        .Where(sample => sample.Second.AddSeconds(1) > Calls[0].ReceivedAt)
        .Select(sample => sample.Age)
        .DefaultIfEmpty(TimeSpan.MaxValue)
        .Max();

    public IEnumerable<LocalCloudWatchDataPoint> Before(ScalingSignals signal) =>
        Points(signal).Where(point => point.Timestamp.AddSeconds(1) <= Saturation.Begin);

    /// <summary>The seconds in the saturation, but for the first three, in which the queue builds up.</summary>
    public IEnumerable<LocalCloudWatchDataPoint> While(ScalingSignals signal) =>
        Points(signal).Where(point => point.Timestamp >= Saturation.Begin.AddSeconds(3) && point.Timestamp.AddSeconds(1.5) <= Saturation.End);

    public IEnumerable<LocalCloudWatchDataPoint> After(ScalingSignals signal) =>
        Points(signal).Where(point => point.Timestamp >= Saturation.End);
}
