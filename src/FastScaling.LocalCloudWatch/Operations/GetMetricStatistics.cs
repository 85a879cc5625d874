using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

internal static class GetMetricStatistics
{
    private const int MaximumDatapoints = 1440;
    private const int MaximumStatistics = 5;
    private const int MaximumExtendedStatistics = 10;

    public static GetMetricStatisticsReply Answer(GetMetricStatisticsRequest request, MetricStore store)
    {
        var metric = ParameterRules.Metric(request.Namespace, request.MetricName, request.Dimensions, "");
        var range = ParameterRules.Range(request.StartTime, request.EndTime);
        var period = ParameterRules.Period(request.Period, "Period");
        var unit = ParameterRules.Unit(request.Unit, "Unit");
        var plain = Plain(request.Statistics);
        var extended = Extended(request.ExtendedStatistics);
        if (plain.Count + extended.Count == 0)
        {
            throw CloudWatchError.InvalidParameterCombination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }

        range = range.FromWholePeriod(period);
        var points = (range.End - range.Start + period - 1) / period;
        if (points > MaximumDatapoints)
        {
            throw CloudWatchError.InvalidParameterCombination(FormattableString.Invariant(
                $"You have requested up to {points:N0} datapoints, which exceeds the limit of {MaximumDatapoints:N0}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."));
        }

        var datapoints = new List<StatisticsDatapoint>();
        foreach (var stream in store.Read(metric, unit, range.Start, range.End, period, extended.Count > 0))
        {
            foreach (var bucket in stream.Buckets)
            {
                var values = Values(bucket, plain);
                var percentiles = Values(bucket, extended);
                if (values.Count + percentiles.Count > 0)
                {
                    datapoints.Add(new StatisticsDatapoint(DateTimeOffset.FromUnixTimeSeconds(bucket.Second), stream.Unit, values, percentiles));
                }
            }
        }

        return new GetMetricStatisticsReply(metric.Name, datapoints);
    }

    private static List<Statistic> Plain(IReadOnlyList<string> names)
    {
        if (names.Count > MaximumStatistics)
        {
            throw NameRules.TooMany("Statistics", MaximumStatistics);
        }

        var statistics = new List<Statistic>();
        for (var i = 0; i < names.Count; i++)
        {
            statistics.Add(Statistic.Plain(names[i]) ?? throw CloudWatchError.InvalidParameterValue(
                $"The parameter Statistics.member.{i + 1} must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ]."));
        }

        return [.. statistics.DistinctBy(static statistic => statistic.Name)];
    }

    private static List<Statistic> Extended(IReadOnlyList<string> names)
    {
        if (names.Count > MaximumExtendedStatistics)
        {
            throw NameRules.TooMany("ExtendedStatistics", MaximumExtendedStatistics);
        }

        var statistics = new List<Statistic>();
        for (var i = 0; i < names.Count; i++)
        {
            var parameter = $"ExtendedStatistics.member.{i + 1}";
            var statistic = ParameterRules.Statistic(names[i], parameter);
            statistics.Add(statistic.Kind == StatisticKind.Percentile ? statistic : throw NameRules.Invalid(names[i], parameter));
        }

        return [.. statistics.DistinctBy(static statistic => statistic.Name)];
    }

    private static List<KeyValuePair<string, double>> Values(PeriodBucket bucket, List<Statistic> statistics)
    {
        var values = new List<KeyValuePair<string, double>>(statistics.Count);
        foreach (var statistic in statistics)
        {
            if (bucket.Value(statistic) is { } value)
            {
                values.Add(new KeyValuePair<string, double>(statistic.Name, value));
            }
        }

        return values;
    }
}
