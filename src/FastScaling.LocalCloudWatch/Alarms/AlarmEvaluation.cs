using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>
/// How CloudWatch decides, after its guide ("Evaluating an alarm", "Configuring how CloudWatch alarms treat missing data"). A pure function of the
/// evaluation range and the present state.
/// </summary>
internal static class AlarmEvaluation
{
    /// <param name="alarm">The alarm.</param>
    /// <param name="range">The evaluation range, oldest first: at least as long as the evaluation periods.</param>
    /// <param name="current">The state before.</param>
    public static AlarmVerdict Decide(AlarmDefinition alarm, ReadOnlySpan<AlarmDatapoint> range, AlarmState current)
    {
        var used = MostRecent(range, alarm.EvaluationPeriods);
        var breaching = used.Count(point => alarm.IsBreaching(point.Value));
        var filled = alarm.EvaluationPeriods - used.Count;
        var state = HasTooFewSamples(alarm, used) ? current : Decide(alarm, range, current, used.Count, breaching, filled);
        return new AlarmVerdict(state, used, breaching, filled);
    }

    private static AlarmState Decide(AlarmDefinition alarm, ReadOnlySpan<AlarmDatapoint> range, AlarmState current, int real, int breaching, int filled)
    {
        if (breaching >= alarm.Datapoints)
        {
            return AlarmState.Alarm;
        }

        // Enough real data points: how missing ones are treated does not matter.
        if (filled == 0 || alarm.MissingData == MissingData.NotBreaching)
        {
            return AlarmState.Ok;
        }

        if (alarm.MissingData == MissingData.Breaching)
        {
            return breaching + filled >= alarm.Datapoints ? AlarmState.Alarm : AlarmState.Ok;
        }

        if (real == 0)
        {
            return alarm.MissingData == MissingData.Missing ? AlarmState.InsufficientData : current;
        }

        // One data point that does not breach is enough for OK: the published row "0 - X - -" for 2 out of 3.
        if (breaching < real)
        {
            return AlarmState.Ok;
        }

        // All there is breaches. "- - X - -" alarms before there are enough data points, "- - - - X" waits for the next one: its state is
        // not published, and is kept here.
        return alarm.MissingData == MissingData.Missing && AgeOfOldest(range) >= alarm.Datapoints ? AlarmState.Alarm : current;
    }

    /// <summary>The real data points of the range, at most as many as wanted, the most recent ones.</summary>
    private static List<AlarmDatapoint> MostRecent(ReadOnlySpan<AlarmDatapoint> range, int wanted)
    {
        var points = new List<AlarmDatapoint>(wanted);
        for (var i = range.Length - 1; i >= 0 && points.Count < wanted; i--)
        {
            if (!range[i].IsMissing)
            {
                points.Add(range[i]);
            }
        }

        points.Reverse();
        return points;
    }

    /// <summary>1 for the most recent period.</summary>
    private static int AgeOfOldest(ReadOnlySpan<AlarmDatapoint> range)
    {
        for (var i = 0; i < range.Length; i++)
        {
            if (!range[i].IsMissing)
            {
                return range.Length - i;
            }
        }

        return 0;
    }

    // "Fewer than 10/(1-percentile) data points", and below the median fewer than 10/percentile.
    private static bool HasTooFewSamples(AlarmDefinition alarm, List<AlarmDatapoint> used)
    {
        if (alarm.LowSampleCountPercentile != "ignore" || alarm.Source is not { Statistic: { Kind: StatisticKind.Percentile } statistic } || used.Count == 0)
        {
            return false;
        }

        var tail = Math.Min(statistic.Percent, 100 - statistic.Percent);
        return tail > 0 && used.Sum(static point => point.SampleCount) < 1000 / tail;
    }
}
