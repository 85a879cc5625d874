namespace FastScaling.Simulations.Model;

/// <summary>
/// What CloudWatch holds of one metric: values by second, each from a moment on visible. All tasks write to it.
/// </summary>
internal sealed class VisibleData(int seconds)
{
    private readonly List<(double VisibleAt, float Value)>[] _values = new List<(double, float)>[seconds];

    public int Seconds => _values.Length;

    public void Add(long second, double value, double visibleAt)
    {
        if (second >= 0 && second < _values.Length)
        {
            (_values[second] ??= []).Add((visibleAt, (float)value));
        }
    }

    /// <summary>The mean of what is visible at a moment of the seconds that begin in a window.</summary>
    /// <returns>Null when nothing is.</returns>
    public double? Average(double from, double to, double at)
    {
        var (sum, count) = (0.0, 0);
        for (var second = Math.Max(0, (long)Math.Ceiling(from)); second < to && second < _values.Length; second++)
        {
            foreach (var (visibleAt, value) in _values[second] ?? [])
            {
                if (visibleAt <= at)
                {
                    sum += value;
                    count++;
                }
            }
        }

        return count == 0 ? null : sum / count;
    }
}
