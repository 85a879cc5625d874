namespace FastScaling.Lab.Service;

/// <summary>How many tasks of which version there should be, and which of them get traffic.</summary>
internal sealed class Deployment
{
    private readonly ServiceSettings _settings;
    private DeploymentKind _kind;
    private int _trafficVersion;
    private int? _switchedAt;

    public Deployment(ServiceSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Of the tasks that are launched now.</summary>
    public int Version { get; private set; }

    public bool IsActive { get; private set; }

    public void Begin(DeploymentKind kind)
    {
        _kind = kind;
        Version++;
        IsActive = true;
        _switchedAt = null;
        if (kind == DeploymentKind.Rolling)
        {
            _trafficVersion = Version;
        }
    }

    /// <summary>In a blue/green deployment one version has all the traffic; else every healthy task.</summary>
    public bool GetsTraffic(ServiceTask task) => !IsActive || _kind == DeploymentKind.Rolling || task.Version == _trafficVersion;

    /// <summary>
    /// Tasks that should be there and are not, or are too many when negative, of one version. Until the switch of a blue/green deployment a new desired
    /// count holds for both fleets: ECS does not document it.
    /// </summary>
    public int Missing(IReadOnlyList<ServiceTask> tasks, int version, int desired)
    {
        var live = 0;
        var others = 0;
        foreach (var task in tasks)
        {
            var isOf = !IsActive || task.Version == version;
            live += IsLive(task) && isOf ? 1 : 0;
            others += IsLive(task) && !isOf ? 1 : 0;
        }

        if (!IsActive)
        {
            return version == Version ? desired - live : 0;
        }

        if (version == Version)
        {
            var room = _kind == DeploymentKind.BlueGreen ? desired : (desired * _settings.MaximumPercent / 100) - others;
            return Math.Clamp(room, 0, desired) - live;
        }

        return _kind == DeploymentKind.BlueGreen && _switchedAt is null ? desired - live : 0;
    }

    /// <summary>Takes out old tasks as far as that is allowed, and ends the deployment when the new ones are all there.</summary>
    public void Step(int second, IReadOnlyList<ServiceTask> tasks, int desired, Action<ServiceTask> drain)
    {
        if (!IsActive)
        {
            return;
        }

        var newHealthy = 0;
        var oldHealthy = 0;
        foreach (var task in tasks)
        {
            newHealthy += task.Phase == TaskPhase.Healthy && task.Version == Version ? 1 : 0;
            oldHealthy += task.Phase == TaskPhase.Healthy && task.Version != Version ? 1 : 0;
        }

        if (_kind == DeploymentKind.BlueGreen)
        {
            if (_switchedAt is null && newHealthy >= desired)
            {
                _switchedAt = second;
                _trafficVersion = Version;
            }

            if (_switchedAt is { } at && second - at >= _settings.BakeTime.TotalSeconds)
            {
                Retire(tasks, int.MaxValue, drain);
                IsActive = false;
            }

            return;
        }

        var least = (int)Math.Ceiling(desired * _settings.MinimumHealthyPercent / 100.0);
        Retire(tasks, newHealthy + oldHealthy - least, drain);
        IsActive = newHealthy < desired || HasOld(tasks);
    }

    private void Retire(IReadOnlyList<ServiceTask> tasks, int most, Action<ServiceTask> drain)
    {
        foreach (var task in tasks)
        {
            if (task.Version == Version || !IsLive(task))
            {
                continue;
            }

            // One that does not serve can always go.
            if (task.Phase == TaskPhase.Healthy && most-- <= 0)
            {
                return;
            }

            drain(task);
        }
    }

    private bool HasOld(IReadOnlyList<ServiceTask> tasks)
    {
        foreach (var task in tasks)
        {
            if (task.Version != Version && IsLive(task))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLive(ServiceTask task) => task.Phase is TaskPhase.Starting or TaskPhase.Registered or TaskPhase.Healthy;
}
