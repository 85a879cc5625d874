namespace FastScaling.Lab.Scaling;

/// <summary>What the engine sees of an ECS service, and the one thing it does to it.</summary>
internal interface IScalableService
{
    /// <summary>Tasks that run, healthy or not; not those that are starting or stopping.</summary>
    int RunningCount { get; }

    int DesiredCount { get; }

    /// <summary>Whether a deployment is in progress, during which nothing is scaled in.</summary>
    bool IsDeploying { get; }

    /// <summary>UpdateService with a new desired count.</summary>
    void SetDesiredCount(DateTimeOffset now, int desiredCount);
}
