using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Demo.Service;

/// <summary>
/// Stands for the exporter that an application has already, OTLP or Prometheus: it gets the application's own metrics, with all their tags,
/// and keeps how many requests they tell of.
/// </summary>
internal sealed class RequestCountExporter : BaseExporter<Metric>
{
    private long _requests;

    public long Requests => Interlocked.Read(ref _requests);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            if (metric.Name == "http.server.request.duration")
            {
                var requests = 0L;
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    requests += point.GetHistogramCount();
                }

                Interlocked.Exchange(ref _requests, requests);
            }
        }

        return ExportResult.Success;
    }
}
