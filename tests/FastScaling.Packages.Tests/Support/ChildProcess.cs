using System.Collections.Concurrent;
using System.Diagnostics;

namespace FastScaling.Packages.Tests.Support;

/// <summary>A program with redirected output, that ends with the test and leaves no build server behind.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Neither the configuration of the machine nor the build that runs the tests.
    private static readonly string[] ForeignPrefixes = ["AWS_", "ECS_", "OTEL_", "FastScaling", "ASPNETCORE_", "DOTNET_ROOT", "DOTNET_CLI_HOME", "MSBUILD", "NUGET_"];

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError))
            .ContinueWith(_ => _lines.CompleteAdding(), TaskScheduler.Default);
    }

    /// <summary>The folder of the .NET that runs the tests.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(
        System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private string Output => string.Join('\n', _output);

    public static ChildProcess Start(string folder, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program == "dotnet" ? Path.Combine(DotnetRoot, "dotnet") : program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        // Tools look there for the runtime.
        start.Environment["DOTNET_ROOT"] = DotnetRoot;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>Runs a program to its end, which must be a good one, and returns what it wrote.</summary>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        using var child = Start(folder, environment, program, arguments);
        await child._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await child._reading.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(child._process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {child._process.ExitCode}.\n{child.Output}");
        return child.Output;
    }

    /// <summary>Waits for the next line with this text, and returns what follows it.</summary>
    public async Task<string> AfterAsync(string text) => await Task.Run(
        () =>
        {
            while (_lines.TryTake(out var line, Patience))
            {
                var at = line.IndexOf(text, StringComparison.Ordinal);
                if (at >= 0)
                {
                    return line[(at + text.Length)..].Trim();
                }
            }

            throw new InvalidOperationException($"No '{text}' came.\n{Output}");
        },
        TestContext.Current.CancellationToken);

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(Patience);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }

        _process.Dispose();
    }

    private static bool IsForeign(string name) => ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _output.Enqueue(line);
            _lines.Add(line);
        }
    }
}
