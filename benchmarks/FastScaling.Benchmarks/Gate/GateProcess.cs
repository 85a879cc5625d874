using System.Diagnostics;
using System.Text.Json;

namespace FastScaling.Benchmarks.Gate;

/// <summary>Runs the checks in a fresh process: how code and memory lie differs from one to the next, and with it every ratio.</summary>
internal static class GateProcess
{
    /// <summary>The option that makes a process print its rows and nothing else.</summary>
    public const string RowsOption = "--rows";

    public static IReadOnlyList<GateResult> Run(GateOptions options)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FastScaling.Benchmarks.dll"));
        }

        start.ArgumentList.Add("gate");
        start.ArgumentList.Add(RowsOption);
        if (options.IsQuick)
        {
            start.ArgumentList.Add("--quick");
        }

        using var process = Process.Start(start)!;
        var rows = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<List<GateResult>>(rows)!
            : throw new InvalidOperationException($"A process of the gate ended with exit code {process.ExitCode}.");
    }

    public static void Print(IEnumerable<GateResult> results, TextWriter output) => output.Write(JsonSerializer.Serialize(results));
}
