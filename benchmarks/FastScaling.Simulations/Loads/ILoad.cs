namespace FastScaling.Simulations.Loads;

/// <summary>What clients ask of the tasks of a service.</summary>
internal interface ILoad
{
    /// <summary>Requests that are expected to arrive at a task between two moments of a run, in seconds from its start.</summary>
    double Expected(int task, double from, double to);
}
