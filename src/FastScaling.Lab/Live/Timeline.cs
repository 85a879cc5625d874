using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Live;

/// <summary>The time line: from surge to first served request on a new task, with the seconds between. Keeps only the last times.</summary>
internal sealed class Timeline
{
    private double? _surge;
    private double? _previous;

    public LabMoment Add(double seconds, SimulationEventKind kind, string text)
    {
        if (kind == SimulationEventKind.Surge)
        {
            _surge = seconds;
        }

        var moment = new LabMoment(seconds, kind, text, seconds - _surge, seconds - _previous);
        _previous = seconds;
        return moment;
    }
}
