using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Service;

/// <summary>
/// What the Dockerfile does, without a container: the sample service published for a runtime identifier, in a folder that cannot be
/// written to, run by another user than root.
/// </summary>
internal sealed class PublishedService : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What the machine that runs the tests happens to set must not reach the service.
    private static readonly string[] ForeignPrefixes = ["AWS_", "ECS_", "OTEL_", "FastScaling", "ASPNETCORE_", "DOTNET_"];

    private readonly Process _process;
    private readonly List<string> _output = [];

    private PublishedService(Process process) => _process = process;

    public Uri Url { get; private set; } = null!;

    /// <summary>From the start of the process until it listened.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>The user that the process runs as, by number.</summary>
    public string User => File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    public int? ExitCode { get; private set; }

    /// <summary>The options of <c>dotnet publish</c> in the Dockerfile, with the runtime identifier of this machine.</summary>
    public static async Task PublishAsync(string folder, string intermediate)
    {
        var rid = RuntimeInformation.RuntimeIdentifier;
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            "publish", "examples/FastScaling.SampleService", "-c", "Release", "-a", architecture, "--no-self-contained", "-o", folder,
            // Beside the folders of the build that is running these tests.
            $"-p:ArtifactsPath={intermediate}", "-p:RunAnalyzers=false", "-nodeReuse:false",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(publish.ExitCode == 0, $"publish for {rid}: {output}");
    }

    /// <summary>Starts the service and returns when it listens.</summary>
    public static async Task<PublishedService> StartAsync(string folder, IReadOnlyDictionary<string, string> environment)
    {
        var command = new List<string> { Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", Path.Combine(folder, "FastScaling.SampleService.dll") };
        if (Environment.IsPrivilegedProcess)
        {
            command.InsertRange(0, ["setpriv", "--reuid=1654", "--regid=1654", "--clear-groups"]);
        }

        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        var service = new PublishedService(Process.Start(start)!);
        try
        {
            const string Listening = "Now listening on: ";
            string line;
            do
            {
                line = await service.ReadLineAsync() ?? throw new InvalidOperationException($"It ended: {string.Join('\n', service._output)}");
            }
            while (!line.Contains(Listening, StringComparison.Ordinal));

            service.StartTime = clock.Elapsed;
            service.Url = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>Sends SIGTERM, as ECS does when it stops a task.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits until the process has ended.</summary>
    public async Task EndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
        ExitCode = _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static bool IsForeign(string name) => ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private async Task<string?> ReadLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is not null)
        {
            _output.Add(line);
        }

        return line;
    }
}
