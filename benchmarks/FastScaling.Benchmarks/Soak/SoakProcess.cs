using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Soak;

/// <summary>A process of a soak run. It is told to end as ECS tells a task: by SIGTERM.</summary>
internal sealed class SoakProcess : IDisposable
{
    // A busy machine may take its time; a process that hangs must not hang the run for ever.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);

    private static readonly string[] Troubles = ["warn: ", "fail: ", "crit: "];

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SoakProcess(Process process)
    {
        _process = process;
    }

    public int Id { get; private init; }

    /// <summary>What it logged of warnings and worse: category and event, and how often.</summary>
    public ConcurrentDictionary<string, int> Logged { get; } = new();

    /// <param name="name">The project; its folder stands beside the one of this program.</param>
    /// <param name="environment">Set besides what is clean.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="ready">What it writes when it can be used.</param>
    public static SoakProcess Start(string name, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, string ready)
    {
        var start = new ProcessStartInfo(PathOf(name, name)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        CleanEnvironment.Apply(start);
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Start();
        var started = new SoakProcess(process) { Id = process.Id };
        process.OutputDataReceived += (_, line) => started.Note(line.Data, ready);
        process.Exited += (_, _) => started._ready.TrySetException(new InvalidOperationException($"{name} has ended."));
        process.BeginOutputReadLine();
        return started;
    }

    /// <summary>The path of a file of a project that was built beside this one.</summary>
    public static string PathOf(string project, string file)
    {
        // …/bin/FastScaling.Benchmarks/release/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, file);
    }

    /// <summary>The rest of the line in which it said that it can be used.</summary>
    public Task<string> ReadyAsync() => _ready.Task.WaitAsync(LongestStep);

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>SIGTERM, and how long it took to end.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(LongestStep);
        return watch.Elapsed;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Note(string? line, string ready)
    {
        if (line is null)
        {
            return;
        }

        if (line.IndexOf(ready, StringComparison.Ordinal) is >= 0 and var at)
        {
            _ready.TrySetResult(line[(at + ready.Length)..].Trim());
        }

        if (Troubles.Any(trouble => line.StartsWith(trouble, StringComparison.Ordinal)))
        {
            Logged.AddOrUpdate(line.Trim(), 1, static (_, count) => count + 1);
        }
    }
}
