namespace FastScaling.Lab.Scaling;

/// <summary>A step scaling policy's configuration, with the names of Application Auto Scaling.</summary>
internal sealed record StepScalingConfiguration
{
    /// <summary>"If not specified, the default value is 300" (seconds).</summary>
    public const int DefaultCooldown = 300;

    public required AdjustmentType AdjustmentType { get; init; }

    /// <summary>One to 20, without gaps or overlaps.</summary>
    public required IReadOnlyList<StepAdjustment> Steps { get; init; }

    /// <summary>The least number of tasks that a percentage adds or removes. Only for <see cref="AdjustmentType.PercentChangeInCapacity"/>.</summary>
    public int? MinAdjustmentMagnitude { get; init; }

    /// <summary>Seconds; null for 300.</summary>
    public int? Cooldown { get; init; }

    public MetricAggregationType MetricAggregationType { get; init; }

    public TimeSpan EffectiveCooldown => TimeSpan.FromSeconds(Cooldown ?? DefaultCooldown);

    /// <summary>The step for a metric that is this far from the threshold; null when none fits.</summary>
    public StepAdjustment? Find(double distance)
    {
        foreach (var step in Steps)
        {
            if (step.Contains(distance))
            {
                return step;
            }
        }

        return null;
    }

    public double Aggregate(IReadOnlyList<double> values) => MetricAggregationType switch
    {
        MetricAggregationType.Minimum => values.Min(),
        MetricAggregationType.Maximum => values.Max(),
        _ => values.Average(),
    };

    /// <summary>The capacity that a step leads to from a base, before the limits of the target are applied.</summary>
    public int Apply(StepAdjustment step, int capacity) => AdjustmentType switch
    {
        AdjustmentType.ExactCapacity => step.ScalingAdjustment,
        AdjustmentType.ChangeInCapacity => Saturate(capacity + (long)step.ScalingAdjustment),
        _ => Saturate(capacity + PercentOf(capacity, step.ScalingAdjustment)),
    };

    // "Values greater than 1 are rounded down: 12.7 to 12. Values between 0 and 1 to 1, between 0 and -1 to -1, less than -1 towards zero: -6.67 to -6."
    private long PercentOf(int capacity, int percent)
    {
        var exact = (long)capacity * percent;
        var change = exact / 100;
        if (change == 0 && exact != 0)
        {
            change = Math.Sign(exact);
        }

        var least = MinAdjustmentMagnitude ?? 0;
        return percent != 0 && Math.Abs(change) < least ? Math.Sign(percent) * (long)least : change;
    }

    private static int Saturate(long capacity) => (int)Math.Clamp(capacity, 0, int.MaxValue);
}
