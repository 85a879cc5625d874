using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>The steps of an export of one request, each taking up what the one before left.</summary>
internal interface IBatchExport : IDisposable
{
    /// <summary>What the last step made: what is sent.</summary>
    ReadOnlyMemory<byte> Body { get; }

    /// <summary>Writes the body.</summary>
    /// <returns>Its length, so that a benchmark has a result.</returns>
    int Write(Sample[] samples);

    /// <summary>Compresses the body when it is large.</summary>
    int Compress();

    /// <summary>Signs the request.</summary>
    int Sign();

    /// <summary>Signs the request, sends it and reads the reply.</summary>
    /// <returns>Whether it was accepted.</returns>
    bool Send();
}
