using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>When one task sends what it has collected. The exporter's own decision can be plugged in here.</summary>
internal interface IExportPlan
{
    /// <summary>Called once for each second, after its sample was taken.</summary>
    /// <param name="now">The whole second that has just begun, since the start of the simulation.</param>
    /// <param name="sample">Of the second before it.</param>
    /// <returns>When to send, in seconds after <paramref name="now"/>, from 0 to below 1; null for not within this second.</returns>
    double? SendAfter(int now, in TaskSample sample);
}
