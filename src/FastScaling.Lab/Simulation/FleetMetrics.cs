using FastScaling.Lab.Service;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.Otel;

namespace FastScaling.Lab.Simulation;

/// <summary>The metrics of the simulated service. Those that no alarm reads are left out: nothing else can see them.</summary>
internal sealed class FleetMetrics
{
    /// <summary>Unit of each signal, by <see cref="SignalKind"/>.</summary>
    public static readonly IReadOnlyList<string> Units = ["Count/Second", "Milliseconds", "Count", "Count", "Count", "Milliseconds"];

    private readonly MetricIdentity[] _signals;
    private readonly bool[] _isRead;
    private readonly bool[] _needsValues;
    private readonly int _resolution;
    private readonly LatencyShape _shape;

    public FleetMetrics(SimulationSettings settings, IEnumerable<AlarmDefinition> alarms, LatencyShape shape)
    {
        _shape = shape;
        _resolution = settings.Exporter.StorageResolution;
        KeyValuePair<string, string>[] service = [new("ClusterName", settings.Cluster), new("ServiceName", settings.Service)];
        KeyValuePair<string, string>[] dimensions = [.. settings.Exporter.Dimensions.OrderBy(static pair => pair.Key, StringComparer.Ordinal)];
        _signals = [.. Enum.GetNames<SignalKind>().Select(name => new MetricIdentity(settings.Namespace, name, dimensions.Length > 0 ? dimensions : service))];
        Cpu = new MetricIdentity("AWS/ECS", "CPUUtilization", service);

        MetricSource[] sources = [.. alarms.SelectMany(Sources)];
        _isRead = [.. _signals.Select(signal => settings.Exporter.Signals.HasFlag(Enum.Parse<ScalingSignals>(signal.Name)) && Array.Exists(sources, source => source.Metric.Key == signal.Key))];
        _needsValues = [.. _signals.Select(signal => Array.Exists(sources, source => source.Statistic.NeedsValues && source.Metric.Key == signal.Key))];
        IsCpuRead = Array.Exists(sources, source => source.Metric.Key == Cpu.Key);
    }

    public MetricIdentity Cpu { get; }

    public bool IsCpuRead { get; }

    /// <summary>The data of one second of one task.</summary>
    public void Add(List<Sample> data, in TaskSample sample, long second)
    {
        Add(data, SignalKind.RequestsPerSecond, second, sample.Arrivals);
        Add(data, SignalKind.ActiveRequests, second, sample.Active);
        Add(data, SignalKind.ActiveConnections, second, sample.Connections);
        Add(data, SignalKind.QueueLength, second, sample.Queued);
        Add(data, SignalKind.QueueDelay, second, sample.QueueDelayMilliseconds);
        if (sample.Completed > 0 && _isRead[(int)SignalKind.ResponseTime])
        {
            data.Add(new Sample(_signals[(int)SignalKind.ResponseTime], Units[(int)SignalKind.ResponseTime], _resolution, second, Responses(sample)));
        }
    }

    private void Add(List<Sample> data, SignalKind kind, long second, double value)
    {
        if (_isRead[(int)kind])
        {
            var aggregate = _needsValues[(int)kind] ? Aggregate.OfValue(value) : Aggregate.OfValueAlone(value);
            data.Add(new Sample(_signals[(int)kind], Units[(int)kind], _resolution, second, aggregate));
        }
    }

    private Aggregate? Responses(in TaskSample sample)
    {
        var mean = sample.ResponseMilliseconds;
        if (!_needsValues[(int)SignalKind.ResponseTime])
        {
            return Aggregate.OfSet(sample.Completed, sample.Completed * mean, mean * _shape.Values[0], mean * _shape.Values[^1]);
        }

        var values = new double[_shape.Values.Length];
        var counts = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = mean * _shape.Values[i];
            counts[i] = sample.Completed * _shape.Weights[i];
        }

        return Aggregate.OfValues(values, counts);
    }

    private static IEnumerable<MetricSource> Sources(AlarmDefinition alarm) =>
        alarm.Queries.Select(static query => query.Source).Prepend(alarm.Source).OfType<MetricSource>();
}
