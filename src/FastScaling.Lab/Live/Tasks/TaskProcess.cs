using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>The process of one task, as the lab sees it. It ends with the lab, however the lab ends: its input closes.</summary>
internal sealed class TaskProcess : IDisposable
{
    private readonly Process _process;

    // Two who write at once would mix their lines.
    private readonly Lock _writing = new();
    private string _lastError = "";

    private TaskProcess(Process process)
    {
        _process = process;
    }

    public int ProcessId { get; private init; }

    /// <summary>The last line that it wrote to its error output.</summary>
    public string LastError => _lastError;

    /// <param name="settings">What the task is told.</param>
    /// <param name="listening">Told the port once it listens; on another thread.</param>
    /// <param name="exited">Told when it has ended; on another thread.</param>
    public static TaskProcess Start(TaskSettings settings, Action<int> listening, Action<TaskProcess> exited)
    {
        var process = new Process { StartInfo = TaskProgram.StartInfo(), EnableRaisingEvents = true };
        process.Start();
        var task = new TaskProcess(process) { ProcessId = process.Id };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(TaskPipe.Listening, StringComparison.Ordinal) == true
                && int.TryParse(line.Data.AsSpan(TaskPipe.Listening.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                listening(port);
            }
        };
        process.ErrorDataReceived += (_, line) => task._lastError = string.IsNullOrWhiteSpace(line.Data) ? task._lastError : line.Data;
        process.Exited += (_, _) => exited(task);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        task.Write(JsonSerializer.Serialize(settings));
        return task;
    }

    /// <summary>What ECS does with SIGTERM: running requests end, the last samples are sent.</summary>
    public void Stop() => Write(TaskPipe.Stop);

    public void SetDependency(double milliseconds) => Write(TaskPipe.Dependency + milliseconds.ToString(CultureInfo.InvariantCulture));

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    public async Task WaitAsync(TimeSpan timeout)
    {
        try
        {
            using var limit = new CancellationTokenSource(timeout);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }
    }

    public void Dispose() => _process.Dispose();

    private void Write(string line)
    {
        try
        {
            lock (_writing)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended: its exit is told of elsewhere.
        }
    }
}
