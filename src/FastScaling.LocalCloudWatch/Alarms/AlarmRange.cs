using FastScaling.LocalCloudWatch.MetricMath;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>The evaluation range of an alarm: the periods it watches, as they are visible now.</summary>
internal static class AlarmRange
{
    /// <param name="alarm">The alarm.</param>
    /// <param name="reader">Where the data are.</param>
    /// <param name="end">The end of the last period, in seconds since the epoch.</param>
    /// <param name="length">The number of periods.</param>
    public static AlarmDatapoint[] Read(AlarmDefinition alarm, IPeriodReader reader, long end, int length)
    {
        var range = new AlarmDatapoint[length];
        if (alarm.Source is not null)
        {
            reader.Read(alarm.Source, end, range);
            return range;
        }

        var values = new Dictionary<string, MathValue>(alarm.Queries.Count, StringComparer.Ordinal);
        var math = new MathEvaluator(values, [.. alarm.Queries.Where(static query => query.Source is not null).Select(static query => query.Id)], length, alarm.Period);
        foreach (var query in alarm.Queries)
        {
            if (query.Source is not null)
            {
                reader.Read(query.Source, end, range);
                values[query.Id] = MathValue.Series(Array.ConvertAll(range, static point => point.Value));
            }
            else
            {
                values[query.Id] = math.Of(query.Expression!);
            }
        }

        var watched = values[alarm.Queries.First(static query => query.ReturnData).Id].Rows[0];
        for (var i = 0; i < length; i++)
        {
            range[i] = new AlarmDatapoint(end - ((long)(length - i) * alarm.Period), watched[i], double.NaN);
        }

        return range;
    }
}
