using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>An alarm as a person would check it with pencil and paper: lists of samples, strings of data points, the guide's sentences in their order.</summary>
internal static class NaiveAlarm
{
    /// <summary>The changes of state up to a second, as texts: the state and the second.</summary>
    public static List<string> Run(AlarmDefinition alarm, IReadOnlyList<(int Second, int Arrival, double Value)> data, int until)
    {
        var changes = new List<string>();
        var state = "INSUFFICIENT_DATA";
        for (var now = 10; now <= until; now += 10)
        {
            // A datum that arrives in the second of an evaluation comes after it.
            var visible = data.Where(datum => datum.Arrival < now).ToList();
            var points = "";
            for (var i = 0; i < alarm.EvaluationPeriods + 2; i++)
            {
                var end = now - (i * alarm.Period);
                var samples = visible.Where(datum => datum.Second >= end - alarm.Period && datum.Second < end).Select(datum => datum.Value).ToList();
                points += samples.Count == 0 ? '-' : IsBreaching(alarm, samples.Sum() / samples.Count) ? 'X' : '0';
            }

            var next = Next(alarm, points, state);
            if (next != state)
            {
                changes.Add(FormattableString.Invariant($"{next} {now}"));
                state = next;
            }
        }

        return changes;
    }

    // The newest data point is on the left here.
    private static string Next(AlarmDefinition alarm, string points, string state)
    {
        var (m, n) = (alarm.DatapointsToAlarm!.Value, alarm.EvaluationPeriods);
        var real = points.Replace("-", "", StringComparison.Ordinal);
        if (real.Length >= n)
        {
            return real[..n].Count(c => c == 'X') >= m ? "ALARM" : "OK";
        }

        var filler = alarm.MissingData switch { MissingData.Breaching => 'X', MissingData.NotBreaching => '0', _ => '?' };
        var filled = real + new string(filler, n - real.Length);
        if (filled.Count(c => c == 'X') >= m)
        {
            return "ALARM";
        }

        if (filler != '?' || filled.Contains('0', StringComparison.Ordinal))
        {
            return "OK";
        }

        if (alarm.MissingData == MissingData.Ignore)
        {
            return state;
        }

        return real.Length == 0 ? "INSUFFICIENT_DATA" : points.LastIndexOf('X') + 1 >= m ? "ALARM" : state;
    }

    private static bool IsBreaching(AlarmDefinition alarm, double value) => alarm.Comparison switch
    {
        AlarmComparison.GreaterThanOrEqualToThreshold => value >= 50,
        AlarmComparison.GreaterThanThreshold => value > 50,
        AlarmComparison.LessThanThreshold => value < 50,
        _ => value <= 50,
    };
}
