using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Live.Tasks;

namespace FastScaling.Lab.Live;

/// <summary>What a person does to a running lab. Each control takes the lock of the run.</summary>
internal sealed class LabControls(Lock @lock, LabSetup setup, LabServers servers, FleetModel model, Fleet fleet, LoadPlan plan, LabStory story)
{
    /// <summary>The outage of CloudWatch that was asked for.</summary>
    public OutageWatch Outage { get; } = new();

    public bool IsDependencySlow { get; private set; }

    private int Elapsed => (int)story.Clock.Elapsed.TotalSeconds;

    public void Surge()
    {
        lock (@lock)
        {
            if (story.Clock.IsRunning)
            {
                var second = Elapsed + 1;
                plan.Surge(second);
                story.Surge(second, FormattableString.Invariant($"surge now: {LoadPlan.SurgeFactor:0} times the traffic for {LoadPlan.SurgeSeconds} s"));
            }
        }
    }

    public void ToggleDependency()
    {
        lock (@lock)
        {
            IsDependencySlow = !IsDependencySlow;
            var latency = IsDependencySlow ? 2 * setup.Settings.Assumptions.ServiceTime : setup.Task(servers.Gate.Address).DependencyMilliseconds;
            fleet.SetDependency(latency);
            story.Fault(FormattableString.Invariant($"the dependency takes {latency:0} ms"));
        }
    }

    public void ToggleCloudWatch()
    {
        lock (@lock)
        {
            var gate = servers.Gate;
            gate.IsBroken = !gate.IsBroken;
            if (gate.IsBroken)
            {
                Outage.Begin(Elapsed);
            }
            else
            {
                Outage.End(Elapsed);
            }

            story.Fault(gate.IsBroken ? "CloudWatch is broken: every call is answered with 503" : "CloudWatch answers again");
        }
    }

    /// <summary>Kills tasks without warning: one, or half of those that run.</summary>
    public void Kill(bool half)
    {
        lock (@lock)
        {
            var running = model.Tasks.Where(static task => task.IsRunning).ToArray();
            foreach (var task in running.Take(half ? (running.Length + 1) / 2 : 1))
            {
                if (fleet.Kill(task.Id))
                {
                    story.Fault(FormattableString.Invariant($"task {task.Id} is killed"));
                }
            }
        }
    }
}
