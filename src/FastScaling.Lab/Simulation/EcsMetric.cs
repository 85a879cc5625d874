using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>ECS's own CPU metric: a mean over the tasks for each period, readable some time after the period.</summary>
internal sealed class EcsMetric
{
    private readonly int _period;
    private readonly double _delay;
    private readonly Queue<(double Time, int Second, double Count, double Sum, double Minimum, double Maximum)> _onTheWay = new();
    private double _count;
    private double _sum;
    private double _minimum = double.MaxValue;
    private double _maximum;

    public EcsMetric(SimulationSettings settings)
    {
        _period = settings.EcsHighResolution ? 20 : 60;
        _delay = settings.EcsMetricDelayPeriods * _period;
    }

    public int Resolution => _period < 60 ? 1 : 60;

    /// <summary>Takes a second of all tasks. Periods are those of the clock.</summary>
    public void Take(int second, long epochSecond, IReadOnlyList<ServiceTask> tasks)
    {
        foreach (var task in tasks)
        {
            if (task.Phase is TaskPhase.Registered or TaskPhase.Healthy)
            {
                var cpu = task.Sample.CpuPercent;
                _count++;
                _sum += cpu;
                _minimum = Math.Min(_minimum, cpu);
                _maximum = Math.Max(_maximum, cpu);
            }
        }

        if ((epochSecond + 1) % _period == 0 && _count > 0)
        {
            _onTheWay.Enqueue((second + 1 + _delay, second + 1 - _period, _count, _sum, _minimum, _maximum));
            (_count, _sum, _minimum, _maximum) = (0, 0, double.MaxValue, 0);
        }
    }

    public bool TryPublish(double now, out (double Time, int Second, double Count, double Sum, double Minimum, double Maximum) datum) =>
        _onTheWay.TryPeek(out datum) && datum.Time <= now && _onTheWay.TryDequeue(out datum);
}
