using System.Diagnostics;
using FastScaling.Benchmarks.Conventional;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>The numbers of the budgets of an export.</summary>
internal static class ExportGate
{
    /// <summary>What the budget of time and allocation is about.</summary>
    public const int Data = 1000;

    // Long enough that a time slice taken away is one of many rounds' trouble, short enough for a gate.
    private const int ExportsInRound = 20;

    /// <summary>
    /// Time of the conventional export, from samples to the signed request, over ours: one ratio for each round, in
    /// which both take their turns. The conventional one compresses as the AWS SDK does, or as it is told.
    /// </summary>
    public static double[] TimeRatios(int rounds = 40, Gzip conventionalGzip = Gzip.Optimal, Gzip ourGzip = Gzip.Fastest)
    {
        var samples = ExportContent.Create(Data)[0];
        using var conventional = new ConventionalExport(conventionalGzip, ExportContent.Nowhere);
        using var ours = new BatchExport(ourGzip, ExportContent.Nowhere);
        for (var i = 0; i < 10; i++)
        {
            TimeOf(conventional, samples);
            TimeOf(ours, samples);
        }

        BodyComparison.ThrowIfDifferent(conventional.Body, ours.Body);
        var ratios = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            // The order changes, so that neither always finds the caches and the heap as the other left them.
            var first = i % 2 == 0 ? TimeOf(conventional, samples) : 0;
            var mine = TimeOf(ours, samples);
            ratios[i] = (i % 2 == 0 ? first : TimeOf(conventional, samples)) / mine;
        }

        return ratios;
    }

    /// <summary>Bytes that an export of 1000 data allocates, from samples to the signed request.</summary>
    public static (double Conventional, double Ours) AllocatedPerExport()
    {
        var samples = ExportContent.Create(Data)[0];
        using var conventional = new ConventionalExport(Gzip.Optimal, ExportContent.Nowhere);
        using var ours = new BatchExport(Gzip.Fastest, ExportContent.Nowhere);
        return (Allocation.PerRun(() => Export(conventional, samples)), Allocation.PerRun(() => Export(ours, samples)));
    }

    /// <summary>Bytes allocated from metric to body for 30 data.</summary>
    public static double AllocatedFromMetricToBody()
    {
        using var metricToBody = new MetricToBody();
        return metricToBody.AllocatedPerBody();
    }

    /// <summary>Bytes that the calling thread allocates in a whole call over loopback.</summary>
    public static async Task<(double Conventional, double Ours)> AllocatedPerCallAsync(int data)
    {
        await using var server = await LocalCloudWatchServer.StartAsync();
        var samples = ExportContent.Create(data)[0];
        using var conventional = new ConventionalExport(Gzip.Optimal, server.Endpoint);
        using var ours = new BatchExport(Gzip.Fastest, server.Endpoint);
        return (Allocation.PerRun(() => Call(conventional, samples)), Allocation.PerRun(() => Call(ours, samples)));
    }

    private static double TimeOf(IBatchExport export, Sample[] samples)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < ExportsInRound; i++)
        {
            Export(export, samples);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Export(IBatchExport export, Sample[] samples)
    {
        export.Write(samples);
        export.Compress();
        export.Sign();
    }

    private static void Call(IBatchExport export, Sample[] samples)
    {
        export.Write(samples);
        export.Compress();
        if (!export.Send())
        {
            throw new InvalidOperationException("The server refused a request.");
        }
    }
}
