using System.Diagnostics;

namespace FastScaling.Benchmarks.Load;

/// <summary>What this machine happens to set must not reach a service.</summary>
internal static class CleanEnvironment
{
    private static readonly string[] ForeignPrefixes = ["AWS_", "ECS_", "OTEL_", "FastScaling", "ASPNETCORE_", "DOTNET_"];
    private static readonly string[] Kept = ["DOTNET_ROOT"];

    /// <summary>Removes what is foreign, and gives a Region and keys.</summary>
    public static void Apply(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        // Not in code: on ECS they come from the environment too, and the SDK's classes would be loaded during the start.
        start.Environment["AWS_REGION"] = "eu-central-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDBENCHMARK";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "benchmark-secret";
    }

    private static bool IsForeign(string name) =>
        !Kept.Contains(name) && ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
