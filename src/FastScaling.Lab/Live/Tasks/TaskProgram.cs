using System.Diagnostics;
using System.Reflection;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>How the tool starts itself as a task.</summary>
internal static class TaskProgram
{
    // What would turn the task into something else than what the lab says: addresses, credentials, other exporters, tasks of ECS.
    private static readonly string[] Foreign = ["AWS_", "ASPNETCORE_", "ECS_", "OTEL_", "FastScaling__", "DOTNET_URLS", "DOTNET_gc", "DOTNET_GC"];

    public static ProcessStartInfo StartInfo()
    {
        var own = typeof(TaskProgram).Assembly;
        var info = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        var program = Environment.ProcessPath;
        if (program is not null && Assembly.GetEntryAssembly() == own && !Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            info.FileName = program;
        }
        else
        {
            // Started as 'dotnet FastScaling.Lab.dll', or inside another program such as a test.
            info.FileName = DotNet(program);
            info.ArgumentList.Add(own.Location);
        }

        info.ArgumentList.Add(TaskPipe.Command);
        foreach (var name in info.Environment.Keys.Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            info.Environment.Remove(name);
        }

        // Six of them share a laptop: small heaps, no thread for each of the collector's and the debugger's purposes.
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["DOTNET_gcConcurrent"] = "0";
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment["DOTNET_TieredPGO"] = "0";
        return info;
    }

    private static string DotNet(string? program)
    {
        if (program is not null && Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return program;
        }

        // shared/Microsoft.NETCore.App/<version> lies three folders below the host.
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
