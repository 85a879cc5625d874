using FastScaling.Benchmarks.Soak;

/// <summary>What the runtime calls in the services of a soak run, before their own code (DOTNET_STARTUP_HOOKS): they need not be changed to be observed.</summary>
#pragma warning disable CA1050 // The runtime wants it without a namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ServiceObserver.PathVariable) is { Length: > 0 } path)
        {
            ServiceObserver.Start(path);
        }
    }
}
