namespace FastScaling.Lab.Scaling;

/// <summary>How the data points of the alarm become the one value that chooses a step. It does not replace the statistic of the alarm.</summary>
internal enum MetricAggregationType
{
    /// <summary>Their mean. The default.</summary>
    Average,

    /// <summary>The smallest.</summary>
    Minimum,

    /// <summary>The largest.</summary>
    Maximum,
}
