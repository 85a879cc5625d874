using System.Diagnostics;
using System.Globalization;

namespace FastScaling.Demo.Tests;

/// <summary>The demo as a child process, with its output redirected.</summary>
internal sealed class DemoProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task<string> _errors;

    private DemoProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What has been read of its output.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public static DemoProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static DemoProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // Where the tests run behind nohup or in the background of a script, SIGINT is ignored, and child processes
        // inherit that: env gives it back its default.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsLinux())
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FastScaling.Demo.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DemoProcess(Process.Start(start)!);
    }

    /// <summary>Reads up to the next line that contains this text.</summary>
    public async Task<string> LineAsync(string text)
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without '{text}'. {await _errors}");
    }

    /// <summary>Reads on, and returns the exit code and what was written to the standard error, once it has ended.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _errors);
    }

    public Task InterruptAsync() => SendAsync("-INT");

    public Task TerminateAsync() => SendAsync("-TERM");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task SendAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        if (line is not null)
        {
            _lines.Add(line);
        }

        return line;
    }
}
