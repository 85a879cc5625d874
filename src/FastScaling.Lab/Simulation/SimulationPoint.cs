namespace FastScaling.Lab.Simulation;

/// <summary>One second of a run.</summary>
/// <param name="Offered">Requests sent by clients, retries included.</param>
/// <param name="Served">Requests answered in time.</param>
/// <param name="Lost">Requests that timed out or failed.</param>
/// <param name="InFlight">At its end.</param>
/// <param name="Queued">Those of them that wait for their task.</param>
/// <param name="ResponseMilliseconds">Mean over what ended; 0 when nothing did.</param>
/// <param name="CpuPercent">Mean over the tasks that run.</param>
/// <param name="Desired">Desired count.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Healthy">Tasks that get requests.</param>
/// <param name="Capacity">Requests a second that the healthy tasks could serve.</param>
internal readonly record struct SimulationPoint(
    int Offered, int Served, int Lost, int InFlight, int Queued, float ResponseMilliseconds, float CpuPercent, int Desired, int Running, int Healthy, float Capacity);
