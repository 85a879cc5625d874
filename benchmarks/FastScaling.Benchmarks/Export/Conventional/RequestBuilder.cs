using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks.Conventional;

/// <summary>Builds the objects of a request. Lists have the capacity that they need; dimensions are made once.</summary>
internal sealed class RequestBuilder
{
    private readonly List<Dimension> _dimensions =
        [.. ExportContent.Dimensions.Select(dimension => new Dimension { Name = dimension.Key, Value = dimension.Value })];

    public PutMetricDataRequest Build(Sample[] samples)
    {
        var data = new List<MetricDatum>(samples.Length * SignalMetric.All.Count);
        foreach (var sample in samples)
        {
            AddTo(data, sample);
        }

        return new PutMetricDataRequest { Namespace = ExportContent.Namespace, MetricData = data };
    }

    private void AddTo(List<MetricDatum> data, Sample sample)
    {
        foreach (var metric in SignalMetric.All)
        {
            if ((sample.Signals & metric.Signal) == 0)
            {
                continue;
            }

            var datum = new MetricDatum
            {
                MetricName = metric.Name,
                Dimensions = new List<Dimension>(_dimensions),
                Unit = metric.Unit,
                StorageResolution = ExportContent.StorageResolution,
                Timestamp = DateTime.UnixEpoch.AddSeconds(sample.Second),
            };
            if (metric.Signal == ScalingSignals.ResponseTime)
            {
                SetDistribution(datum, sample.ResponseTime, metric.PerUnit);
            }
            else
            {
                datum.Value = sample.ValueOf(metric.Signal) * metric.PerUnit;
            }

            data.Add(datum);
        }
    }

    private static void SetDistribution(MetricDatum datum, ValueDistribution distribution, double perUnit)
    {
        datum.Values = new List<double>(distribution.Values.Length);
        datum.Counts = new List<double>(distribution.Values.Length);
        foreach (var value in distribution.Values)
        {
            datum.Values.Add(Math.Round(value * perUnit, 6));
        }

        foreach (var count in distribution.Counts)
        {
            datum.Counts.Add(count);
        }
    }
}
