using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>
/// What is exported: every signal of consecutive seconds of a busy service, whose response times fill 40 buckets. The
/// same for every implementation, split into the same requests.
/// </summary>
internal static class ExportContent
{
    public const string Namespace = "FastScaling";
    public const int StorageResolution = 1;
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private const int MaxDataInRequest = 1000;
    private const int Buckets = 40;

    public static KeyValuePair<string, string>[] Dimensions { get; } = [new("ClusterName", "production"), new("ServiceName", "orders")];

    /// <summary>Where a request would go that is signed and not sent.</summary>
    public static Uri Nowhere { get; } = new("https://monitoring.eu-central-1.amazonaws.com/");

    /// <summary>The samples of each request, of exactly so many data in all.</summary>
    public static Sample[][] Create(int data)
    {
        var random = new Random(1);
        var second = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - data;
        var requests = new List<Sample[]>();
        for (; data > 0; data -= MaxDataInRequest)
        {
            var samples = new List<Sample>();
            for (var left = Math.Min(data, MaxDataInRequest); left > 0; left -= samples[^1].DatumCount)
            {
                samples.Add(CreateSample(second++, left, random));
            }

            requests.Add([.. samples]);
        }

        return [.. requests];
    }

    private static Sample CreateSample(long second, int mostData, Random random)
    {
        var sample = new Sample
        {
            Second = second,
            Signals = ScalingSignals.All,
            RequestsPerSecond = random.Next(100, 2000),
            ActiveRequests = random.Next(1, 200),
            ActiveConnections = random.Next(1, 500),
            QueueLength = random.Next(0, 20),
            QueueDelay = random.Next(100, 1_000_000) * 1e-9,
        };
        FillResponseTime(sample.ResponseTime, random);

        // The last sample of a request has fewer signals, so that the request has a round number of data.
        for (var signal = (int)ScalingSignals.QueueDelay; sample.DatumCount > mostData; signal >>= 1)
        {
            sample.Signals &= ~(ScalingSignals)signal;
        }

        return sample;
    }

    /// <summary>
    /// Through the product's mapping, so that the values are those of service. Whole nanoseconds, which all but one a second are
    /// product sends: so everybody has the same digits to write and to compress.
    /// </summary>
    private static void FillResponseTime(ValueDistribution responseTime, Random random)
    {
        const int scale = 3;
        const int firstBucket = -64;
        var mapped = new ValueDistribution();
        var mapping = new ExponentialHistogramMapping();
        mapping.Begin();
        double sum = 0;
        for (var i = 0; i < Buckets; i++)
        {
            var count = random.Next(1, 100);
            mapping.AddBucket(scale, firstBucket + i, count);
            sum += count * ValueIn(firstBucket + i, random.NextDouble());
        }

        mapping.End(sum, ValueIn(firstBucket, 0.5), ValueIn(firstBucket + Buckets - 1, 0.5), mapped);
        for (var i = 0; i < mapped.Values.Length; i++)
        {
            responseTime.Add(Math.Round(mapped.Values[i], 9), mapped.Counts[i]);
        }

        static double ValueIn(int bucket, double position) => Math.Pow(2, (bucket + position) / (1 << scale));
    }
}
