using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Alarm;

/// <summary>
/// The seed alarm's condition: the average of ten whole seconds, sliding by one, over the threshold. Looks at each window once, as it becomes
/// visible.
/// </summary>
internal sealed class AlarmWatch
{
    /// <summary>The period of the alarm, in seconds.</summary>
    public const int Period = 10;

    /// <summary>Requests per second and task.</summary>
    public const double Threshold = 100;

    private long? _lastWindow;

    /// <summary>Whether the newest window is over the threshold.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The average of the newest whole window.</summary>
    public double? Average { get; private set; }

    /// <summary>How long the average needs to rise from one rate over the threshold when load comes at the other; none when it never does.</summary>
    public static TimeSpan? RiseTime(double rate, double surgeRate) =>
        rate < Threshold && surgeRate > Threshold ? TimeSpan.FromSeconds(Period * (Threshold - rate) / (surgeRate - rate)) : null;

    /// <summary>Looks at the windows that have become visible, and returns each crossing in its order.</summary>
    public IReadOnlyList<ThresholdCrossing> Look(MetricSeries requests)
    {
        if (requests.Newest is not { } newest || requests.Oldest is not { } oldest)
        {
            return [];
        }

        var crossings = new List<ThresholdCrossing>();
        for (var second = Math.Max(_lastWindow + 1 ?? long.MinValue, oldest + Period - 1); second <= newest; second++)
        {
            _lastWindow = second;
            if (!requests.IsWhole(second, Period) || requests.Average(second, Period) is not { } average)
            {
                continue;
            }

            Average = average;
            if (average > Threshold != IsOver)
            {
                IsOver = !IsOver;
                crossings.Add(new ThresholdCrossing(IsOver, second, average));
            }
        }

        return crossings;
    }
}
