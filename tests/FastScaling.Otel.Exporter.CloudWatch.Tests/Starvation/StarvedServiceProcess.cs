using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FastScaling.StarvedService;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>The service whose thread pool is starved, in a process of its own.</summary>
internal sealed class StarvedServiceProcess : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(1);

    // What the machine that runs the tests happens to set must not reach the service.
    private static readonly string[] ForeignPrefixes = ["AWS_", "ECS_", "OTEL_", "FastScaling", "ASPNETCORE_", "DOTNET_ThreadPool", "DOTNET_ENVIRONMENT"];

    private readonly Process _process;

    private StarvedServiceProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public int Id => _process.Id;

    /// <summary>Starts the service and returns when it listens.</summary>
    public static async Task<StarvedServiceProcess> StartAsync(IReadOnlyDictionary<string, string> environment, Action<string> log)
    {
        var start = new ProcessStartInfo(PathOfService()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => log(line.Data ?? string.Empty);
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            return new StarvedServiceProcess(process, new Uri(await ReadAsync(process, "listening ")));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Starves the thread pool; <paramref name="begun"/> is called when that has begun.</summary>
    public async Task<SaturationReport> SaturateAsync(TimeSpan duration, Action begun)
    {
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"saturate {duration.TotalSeconds}"));
        await ReadAsync(_process, "saturation begins");
        begun();
        return JsonSerializer.Deserialize<SaturationReport>(await ReadAsync(_process, "saturation ended "))!;
    }

    /// <summary>Ends the service as a host ends, and waits until the process has.</summary>
    public async Task<ServiceReport> StopAsync()
    {
        await WriteAsync("stop");
        var report = JsonSerializer.Deserialize<ServiceReport>(await ReadAsync(_process, "stopped "))!;
        await _process.WaitForExitAsync().WaitAsync(LongestStep);
        Assert.Equal(0, _process.ExitCode);
        return report;
    }

    public void Dispose() => End(_process);

    private static bool IsForeign(string name) =>
        ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // …/bin/<this project>/<configuration>/ → …/bin/FastScaling.StarvedService/<configuration>/
    private static string PathOfService()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var name = "FastScaling.StarvedService";
        return Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private static async Task<string> ReadAsync(Process process, string beginning)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(LongestStep);
        Assert.NotNull(line);
        Assert.StartsWith(beginning, line, StringComparison.Ordinal);
        return line[beginning.Length..];
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task WriteAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }
}
