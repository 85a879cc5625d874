using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>What waits to be sent in one task.</summary>
internal sealed class TaskExporter
{
    private readonly ExporterModelSettings _settings;
    private readonly IExportPlan _plan;
    private readonly List<TaskSample> _pending = [];

    public TaskExporter(ExporterModelSettings settings, IExportPlan plan)
    {
        _settings = settings;
        _plan = plan;
    }

    /// <summary>Data that were dropped because CloudWatch did not answer for too long, in seconds.</summary>
    public int Dropped { get; private set; }

    /// <summary>Takes the sample of the second that has just ended.</summary>
    /// <returns>When to send, in seconds from now; null for not within this second.</returns>
    public double? Take(int now, ServiceTask task)
    {
        var sample = task.Sample;
        var isIdle = sample.Arrivals == 0 && sample.InFlightOrDone == 0;
        var isWarmingUp = !task.HasWorked && now - task.StartsAt < _settings.WarmUp;
        if (!(isIdle && (isWarmingUp || task.Phase == TaskPhase.Draining)))
        {
            _pending.Add(sample);
            if (_pending.Count > _settings.KeptSeconds)
            {
                _pending.RemoveAt(0);
                Dropped++;
            }
        }

        return _plan.SendAfter(now, sample);
    }

    public void Drain(List<TaskSample> target)
    {
        target.AddRange(_pending);
        _pending.Clear();
    }
}
