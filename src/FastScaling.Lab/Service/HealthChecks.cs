namespace FastScaling.Lab.Service;

/// <summary>The load balancer's checks of one task.</summary>
internal static class HealthChecks
{
    /// <summary>Checks the task if it is its turn. True when it has just become unhealthy.</summary>
    public static bool Run(ServiceSettings settings, ServiceTask task, int second)
    {
        if ((second + task.HealthCheckPhase) % Math.Max(1, (int)settings.HealthCheckInterval.TotalSeconds) != 0)
        {
            return false;
        }

        var answersIn = settings.HealthCheckWaits ? task.WaitEstimate : 0;
        if (answersIn < settings.HealthCheckTimeout.TotalSeconds)
        {
            task.FailedChecks = 0;

            // "A newly registered target must pass one health check to be considered healthy."
            task.Phase = TaskPhase.Healthy;
            return false;
        }

        task.FailedChecks++;
        return task.FailedChecks >= settings.UnhealthyThreshold && second - task.StartsAt >= settings.HealthCheckGracePeriod.TotalSeconds;
    }
}
