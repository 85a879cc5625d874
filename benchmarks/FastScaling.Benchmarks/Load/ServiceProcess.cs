using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FastScaling.StarvedService;

namespace FastScaling.Benchmarks.Load;

/// <summary>A sample service in a process of its own: nothing that measures it is counted as its work.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServiceProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<ServiceProcess> StartAsync(ServiceSetup setup)
    {
        var start = new ProcessStartInfo(PathOfService()) { RedirectStandardInput = true, RedirectStandardOutput = true };
        CleanEnvironment.Apply(start);

        // What a project of the web SDK has by default.
        start.Environment["DOTNET_gcServer"] = "1";

        foreach (var argument in Arguments(setup))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        try
        {
            return new ServiceProcess(process, new Uri(await ReadAsync(process, "listening ")));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>What the service says of itself; <paramref name="collect"/> for a full garbage collection before.</summary>
    public async Task<ServiceState> StateAsync(bool collect = false)
    {
        await WriteAsync(collect ? "collect" : "state");
        return JsonSerializer.Deserialize<ServiceState>(await ReadAsync(_process, "state "))!;
    }

    /// <summary>Starves the thread pool of the service.</summary>
    public async Task<SaturationReport> SaturateAsync(TimeSpan duration)
    {
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"saturate {duration.TotalSeconds}"));
        await ReadAsync(_process, "saturation begins");
        return JsonSerializer.Deserialize<SaturationReport>(await ReadAsync(_process, "saturation ended "))!;
    }

    public void Dispose() => End(_process);

    private static IEnumerable<string> Arguments(ServiceSetup setup)
    {
        yield return ServeCommand.Name;
        yield return "--interval";
        yield return setup.ExportInterval.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (setup.HasOpenTelemetry)
        {
            yield return "--opentelemetry";
        }

        if (setup.HasNoOpListener)
        {
            yield return "--no-op-listener";
        }

        if (setup.Exporter is not null)
        {
            yield return "--exporter";
            yield return setup.Exporter.ToString();
        }

        if (setup.Conventional is not null)
        {
            yield return "--conventional";
            yield return setup.Conventional.ToString();
        }
    }

    // Not the path of this process, which is that of dotnet when it was started with the path of the assembly.
    private static string PathOfService()
    {
        var name = typeof(ServiceProcess).Assembly.GetName().Name!;
        return Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private static async Task<string> ReadAsync(Process process, string beginning)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(LongestStep);
        return line is not null && line.StartsWith(beginning, StringComparison.Ordinal)
            ? line[beginning.Length..]
            : throw new InvalidOperationException($"The service said '{line}' and not '{beginning}…'.");
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
