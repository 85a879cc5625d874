using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

internal static class GetMetricData
{
    public static GetMetricDataReply Answer(GetMetricDataRequest request, MetricStore store, DateTimeOffset now)
    {
        var queries = GetMetricDataValidator.Queries(request);
        var math = new MetricDataMath(queries, store);
        var range = ParameterRules.Range(request.StartTime, request.EndTime);
        var ascending = GetMetricDataValidator.IsAscending(request.ScanBy);
        var page = request.NextToken is null ? MetricDataPage.First : MetricDataPage.FromToken(request.NextToken, request);
        var room = request.MaxDatapoints ?? GetMetricDataValidator.MaximumDatapoints;

        var results = new List<MetricDataResult>();
        for (var i = page.Query; i < queries.Count; i++)
        {
            var query = queries[i];
            if (!query.ReturnData)
            {
                continue;
            }

            foreach (var (unit, label, points) in query.Source is null
                ? math.Streams(query, range, ascending, now)
                : Streams(query, query.Source, range, ascending, store))
            {
                var isOfPage = i == page.Query;
                if (isOfPage && unit < page.Unit)
                {
                    continue;
                }

                var rest = isOfPage && unit == page.Unit && page.AfterSecond is { } after
                    ? points.FindAll(point => ascending ? point.Second > after : point.Second < after)
                    : points;
                if (room == 0)
                {
                    return new GetMetricDataReply(results, new MetricDataPage(i, unit, null).ToToken(request));
                }

                var isComplete = rest.Count <= room;
                var taken = isComplete ? rest : rest[..room];
                results.Add(new MetricDataResult(
                    query.Id,
                    label,
                    [.. taken.Select(static point => DateTimeOffset.FromUnixTimeSeconds(point.Second))],
                    [.. taken.Select(static point => point.Value)],
                    isComplete));
                if (!isComplete)
                {
                    return new GetMetricDataReply(results, new MetricDataPage(i, unit, taken[^1].Second).ToToken(request));
                }

                room -= taken.Count;
            }
        }

        return new GetMetricDataReply(results, null);
    }

    /// <summary>
    /// A query without a unit gives a result for each unit there is, with the query's id and the unit in the label: "if you have two otherwise
    /// identical metrics with different units, two separate data streams are returned". One that finds nothing gives one empty result.
    /// </summary>
    private static IEnumerable<(int Unit, string Label, List<(long Second, double Value)> Points)> Streams(
        MetricDataQuery query, MetricSource source, TimeRange range, bool ascending, MetricStore store)
    {
        var whole = range.FromWholePeriod(source.Period);
        var streams = store.Read(source.Metric, source.Unit, whole.Start, whole.End, source.Period, source.Statistic.NeedsValues);
        if (streams.Count == 0)
        {
            yield return (0, query.Label, []);
        }

        foreach (var stream in streams)
        {
            var label = streams.Count == 1 ? query.Label : $"{query.Label} {stream.Unit}";
            yield return (StandardUnits.IndexOf(stream.Unit), label, Points(stream, source.Statistic, ascending));
        }
    }

    private static List<(long Second, double Value)> Points(UnitStream stream, Statistic statistic, bool ascending)
    {
        var points = new List<(long, double)>(stream.Buckets.Count);
        foreach (var bucket in stream.Buckets)
        {
            if (bucket.Value(statistic) is { } value)
            {
                points.Add((bucket.Second, value));
            }
        }

        if (!ascending)
        {
            points.Reverse();
        }

        return points;
    }
}
