using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using OpenTelemetry;

namespace FastScaling.Benchmarks.Load;

/// <summary>Where reports lie, and what each of them begins with.</summary>
internal static class ReportFolder
{
    public static Option<DirectoryInfo> Option() => new("--reports")
    {
        Description = "The folder of the reports.",
        DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("benchmarks", "reports")),
    };

    public static void Write(DirectoryInfo folder, string name, string text)
    {
        folder.Create();
        var path = Path.Combine(folder.ToString(), name);
        File.WriteAllText(path, text);
        Console.WriteLine($"Wrote {path}.");
    }

    /// <summary>The machine and the versions that numbers come from.</summary>
    public static string Environment() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ```
        {DateTimeOffset.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription}
        {Processor()}, {System.Environment.ProcessorCount} logical cores
        {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, OpenTelemetry {OpenTelemetryVersion()}
        ```
        """);

    // The assembly version stays the same for all of 1.x; after the plus is the commit.
    private static string OpenTelemetryVersion() =>
        typeof(Sdk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "Unknown processor"
        : "Unknown processor";
}
