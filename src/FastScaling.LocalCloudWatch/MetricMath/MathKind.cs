namespace FastScaling.LocalCloudWatch.MetricMath;

internal enum MathKind
{
    Scalar,
    Series,
    Array,
}
