namespace FastScaling.Benchmarks;

/// <summary>How a body is compressed, if it has the 10,240 bytes from which the AWS SDKs compress.</summary>
public enum Gzip
{
    /// <summary>Never.</summary>
    None,

    /// <summary>As we do.</summary>
    Fastest,

    /// <summary>As the AWS SDK does.</summary>
    Optimal,
}
