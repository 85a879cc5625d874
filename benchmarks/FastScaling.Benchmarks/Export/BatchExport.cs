using System.IO.Compression;
using Amazon;
using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Benchmarks;

/// <summary>The export as the product does it, with the product's own parts.</summary>
internal sealed class BatchExport : IBatchExport
{
    private readonly Gzip _gzip;
    private readonly PutMetricDataWriter _writer = new(ExportContent.Namespace, ExportContent.Dimensions, ExportContent.StorageResolution);
    private readonly BodyCompressor _compressor;
    private readonly PutMetricDataClient _client;
    private readonly BasicAWSCredentials _credentials = new(ExportContent.AccessKeyId, ExportContent.SecretAccessKey);
    private bool _isGzip;

    public BatchExport(Gzip gzip, Uri endpoint)
    {
        _gzip = gzip;
        _compressor = new BodyCompressor(gzip == Gzip.Optimal ? CompressionLevel.Optimal : CompressionLevel.Fastest);
        _client = new PutMetricDataClient(endpoint, RegionEndpoint.EUCentral1);
    }

    public ReadOnlyMemory<byte> Body { get; private set; }

    public int Write(Sample[] samples)
    {
        _isGzip = false;
        _writer.Begin();
        foreach (var sample in samples)
        {
            if (!_writer.TryAdd(sample))
            {
                throw new InvalidOperationException("The content does not fit into one request.");
            }
        }

        Body = _writer.End();
        return Body.Length;
    }

    public int Compress()
    {
        if (_gzip != Gzip.None)
        {
            Body = _compressor.Compress(Body, out _isGzip);
        }

        return Body.Length;
    }

    public int Sign() => _client.HeadFor(Body.Span, _isGzip, _credentials).Length;

    public bool Send() =>
        _client.Send(Body.Span, _isGzip, _credentials, new Deadline(TimeSpan.FromSeconds(10))).Outcome == SendOutcome.Accepted;

    public void Dispose()
    {
        _client.Dispose();
        _compressor.Dispose();
    }
}
