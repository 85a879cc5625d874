namespace FastScaling.Benchmarks;

/// <summary>Recordings that fill buckets one after the other.</summary>
internal static class MappingContent
{
    /// <summary>A value in the bucket with this index.</summary>
    public static double ValueIn(int bucket, int scale) => Math.Pow(2, Math.ScaleB(bucket + 0.4, -scale));
}
