using FastScaling.Benchmarks;
using FastScaling.Benchmarks.Conventional;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Allocations;

/// <summary>The budgets of allocation, which hold on any machine. Those of time are a matter of the benchmarks.</summary>
public class AllocationTests
{
    private const int Signals = 30;
    private const int FullRequest = 1000;

    [Fact]
    public void Recording_a_request_allocates_nothing()
    {
        using var requests = new RecordedRequests();

        Assert.Equal(0, Allocation.PerRun(requests.Record));
        Assert.True(requests.CountEnded() > 0, "The pipeline did not listen.");
    }

    [Fact]
    public void From_metric_to_body_allocates_nothing()
    {
        using var metricToBody = new MetricToBody();

        Assert.Equal(0, metricToBody.AllocatedPerBody());
    }

    [Fact]
    public void A_whole_call_of_the_signals_allocates_at_most_16_KB_on_the_sending_thread()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var export = new BatchExport(Gzip.Fastest, server.Uri);
        var samples = ExportContent.Create(Signals)[0];

        var allocated = Allocation.PerRun(() =>
        {
            Export(export, samples);
            Assert.True(export.Send());
        });

        Assert.InRange(allocated, 1, 16 * 1024);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void A_turn_of_the_delivery_plan_allocates_nothing()
    {
        using var statistics = new ExporterStatistics("allocations");
        var pending = new PendingSamples(1024 * 1024, TimeSpan.FromMinutes(5), statistics.Drop, TimeProvider.System);
        var writer = new PutMetricDataWriter("Test", [new("ServiceName", "test")], 1);
        var plan = new DeliveryPlan(pending, writer, statistics, TimeSpan.FromSeconds(5), () => 0.5, (_, _) => { });
        var now = TimeSpan.Zero;

        Assert.Equal(0, Allocation.PerRun(() =>
        {
            for (var second = 0; second < 5; second++)
            {
                var sample = pending.Rent();
                sample.Reset(second);
                sample.Signals = ScalingSignals.All;
                sample.ResponseTime.Add(0.1, 1);
                pending.Add(sample);
            }

            now += TimeSpan.FromSeconds(5);
            plan.Begin(now, now + TimeSpan.FromSeconds(4));
            while (plan.Next(now).Action == DeliveryAction.Send)
            {
                writer.End();
                plan.Ended(now, SendOutcome.Accepted);
            }
        }));
        Assert.Equal((0L, true), (pending.Bytes, statistics.AcceptedData > 0));
    }

    [Fact]
    public void A_full_request_allocates_a_fortieth_of_what_the_conventional_object_model_does()
    {
        using var conventional = new ConventionalExport(Gzip.Optimal, ExportContent.Nowhere);
        using var ours = new BatchExport(Gzip.Fastest, ExportContent.Nowhere);
        var samples = ExportContent.Create(FullRequest)[0];

        var ofConventional = Allocation.PerRun(() => ExportAndSign(conventional, samples));
        var ofOurs = Allocation.PerRun(() => ExportAndSign(ours, samples));

        BodyComparison.ThrowIfDifferent(conventional.Body, ours.Body);
        Assert.True(ofConventional >= 40 * ofOurs, $"{ofConventional:N0} B against {ofOurs:N0} B.");
    }

    private static void Export(IBatchExport export, Sample[] samples)
    {
        export.Write(samples);
        export.Compress();
    }

    private static void ExportAndSign(IBatchExport export, Sample[] samples)
    {
        Export(export, samples);
        export.Sign();
    }
}
