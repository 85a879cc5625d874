using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FastScaling.LabPage.Tests.Support;

/// <summary>The tool in a process of its own, as a user starts it.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private LabProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _lines);

    /// <summary>Starts 'fastscaling lab' with free ports, and waits until it says where its page is.</summary>
    public static async Task<LabProcess> StartAsync(params string[] arguments)
    {
        var lab = Run(["lab", "--port", "0", .. arguments]);
        await lab.UntilAsync(() => lab.PageText is not null || lab._process.HasExited, 60);
        Assert.False(lab._process.HasExited, lab.Output);
        return lab;
    }

    /// <summary>Starts the tool with any arguments.</summary>
    public static LabProcess Run(params string[] arguments)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

        // What was started in the background ignores SIGINT, and so would all that it starts.
        var info = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", host]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FastScaling.Lab.dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = info };
        process.Start();
        var lab = new LabProcess(process);
        process.OutputDataReceived += (_, line) => lab.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => lab.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return lab;
    }

    public Uri Page => new(PageText!);

    private string? PageText => _lines.FirstOrDefault(static line => line.StartsWith("The lab's page: ", StringComparison.Ordinal))?["The lab's page: ".Length..];

    /// <summary>The processes whose parent is this one.</summary>
    public IReadOnlyList<int> Children => [.. Directory.GetDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == Id)];

    public static bool IsAlive(int id) => ParentOf(id) is not null;

    /// <summary>Resident memory of a process, in MiB.</summary>
    public static double Memory(int id) =>
        double.Parse(File.ReadLines($"/proc/{id}/status").First(static line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    public async Task ControlAsync(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Page, "controls/" + name)) { Headers = { { "x-fastscaling-lab", "1" } } };
        using var reply = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    public void Signal(string name) => Process.Start("/bin/kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    public async Task<int> ExitAsync(double seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task UntilAsync(Func<bool> condition, double seconds)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s. The lab said:\n{Output}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Its tasks see that it is gone, and go too.
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    private static int? ParentOf(int id)
    {
        try
        {
            // pid (name) state ppid: the name may hold spaces and brackets. A zombie is not alive.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
