using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>The exporter of one task: what waits to be sent, and when it is sent.</summary>
internal sealed class TaskExporter
{
    private readonly ExporterModelSettings _settings;
    private readonly ExportPlan _plan;
    private readonly List<TaskSample> _pending = [];

    public TaskExporter(ExporterModelSettings settings, ExportPlan plan)
    {
        _settings = settings;
        _plan = plan;
    }

    /// <summary>Data that were dropped because CloudWatch did not answer for too long, in seconds.</summary>
    public int Dropped { get; private set; }

    /// <summary>Takes the sample of the second that has just ended.</summary>
    /// <returns>When to send; null for not within this second.</returns>
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

            _plan.Observe(now, sample);
        }

        return NextCall(now, now + 1);
    }

    /// <summary>CloudWatch has answered: hands out what waits.</summary>
    /// <param name="from">When the call was made.</param>
    /// <param name="answered">When the reply came.</param>
    /// <param name="target">Receives it.</param>
    public void Sent(double from, double answered, List<TaskSample> target)
    {
        target.AddRange(_pending);
        _pending.Clear();
        Ended(from, answered, isAccepted: true);
    }

    /// <summary>CloudWatch does not answer: everything goes on waiting.</summary>
    public void Failed(double from, double given) => Ended(from, given, isAccepted: false);

    // Further calls of the same second find nothing to send, or fail like the first.
    private void Ended(double from, double to, bool isAccepted)
    {
        _plan.OnResult(to, isAccepted);
        while (NextCall(from, Math.Floor(from) + 1) is { } time)
        {
            _plan.OnResult(time, isAccepted: false);
        }
    }

    private double? NextCall(double from, double before)
    {
        while (_plan.TakeCall(from, before) is { } time)
        {
            if (_pending.Count > 0)
            {
                return time;
            }
        }

        return null;
    }
}
