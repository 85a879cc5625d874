using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>What the settings say shall happen to service and CloudWatch: deployments, kills, outages, slow dependencies, exporters that fall silent.</summary>
internal sealed class PlannedEvents(SimulationSettings settings, ServiceModel service, RunLog log, Random random)
{
    private readonly HashSet<int> _silent = [];

    /// <summary>Whether the exporter of a task sends nothing.</summary>
    public bool IsSilent(int task) => _silent.Contains(task);

    /// <summary>Lets happen, and logs, what belongs to a second.</summary>
    public void Happen(int second)
    {
        foreach (var deployment in settings.Deployments)
        {
            if (deployment.Second == second)
            {
                service.Deploy(deployment.Kind);
                log.Add(second, SimulationEventKind.Fault, $"{deployment.Kind} deployment begins");
            }
        }

        foreach (var kill in settings.Kills)
        {
            for (var i = 0; kill.Second == second && i < kill.Tasks && service.Tasks.Count > 0; i++)
            {
                service.Kill(service.Tasks[random.Next(service.Tasks.Count)].Id);
            }
        }

        foreach (var outage in settings.Outages)
        {
            Episode(second, outage.FromSecond, outage.ToSecond, "CloudWatch stops answering", "CloudWatch answers again");
        }

        foreach (var episode in settings.Dependency)
        {
            Episode(second, episode.FromSecond, episode.ToSecond, $"the dependency takes {episode.Latency.TotalMilliseconds:0} ms", "the dependency is well again");
        }

        if (settings.Surges.Contains(second))
        {
            log.Add(second, SimulationEventKind.Surge, "surge");
        }

        if (settings.SilentPart > 0 && second == settings.SilentFrom)
        {
            _silent.UnionWith(service.Tasks.Take((int)Math.Round(service.Tasks.Count * settings.SilentPart)).Select(static task => task.Id));
            log.Add(second, SimulationEventKind.Fault, $"{_silent.Count} exporters fall silent");
        }
    }

    private void Episode(int second, int from, int to, string begins, string ends)
    {
        if (second == from || second == to)
        {
            log.Add(second, SimulationEventKind.Fault, second == from ? begins : ends);
        }
    }
}
