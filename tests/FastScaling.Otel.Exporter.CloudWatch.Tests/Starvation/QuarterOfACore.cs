using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>
/// Holds a process to a quarter of a core, as a task of 0.25 vCPU is: by a control group of its own where the machine allows that, else by
/// stopping it for 75 ms of every 100.
/// </summary>
internal sealed partial class QuarterOfACore : IDisposable
{
    private const int Run = 25;
    private const int Period = 100;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly int _process;
    private readonly string? _group;
    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread? _stopping;

    public QuarterOfACore(int process)
    {
        _process = process;
        _group = ControlGroup();
        if (_group is null)
        {
            _stopping = new Thread(StopAndContinue) { IsBackground = true };
            _stopping.Start();
        }
    }

    public string Means => _group is null ? "stopped for 75 ms of every 100" : "a control group";

    /// <summary>Gives the process all of the machine again.</summary>
    public void Dispose()
    {
        _isOver.Set();
        _stopping?.Join();
        if (_group is not null && Directory.Exists(_group))
        {
            try
            {
                File.WriteAllText(Path.Combine(_group, "..", "cgroup.procs"), _process.ToString(CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It has ended.
            }

            Directory.Delete(_group);
        }
    }

    private string? ControlGroup() =>
        TryGroup("/sys/fs/cgroup", "cpu.max", $"{Run * 1000} {Period * 1000}")
        ?? TryGroup("/sys/fs/cgroup/cpu", "cpu.cfs_quota_us", $"{Run * 1000}");

    // A control group of version 2, or of version 1, whose period is the same by default.
    private string? TryGroup(string root, string file, string quota)
    {
        if (!File.Exists(Path.Combine(root, "cgroup.procs")))
        {
            return null;
        }

        var group = Path.Combine(root, $"fast-scaling-{_process}");
        try
        {
            Directory.CreateDirectory(group);
            if (File.Exists(Path.Combine(group, file)))
            {
                File.WriteAllText(Path.Combine(group, file), quota);
                File.WriteAllText(Path.Combine(group, "cgroup.procs"), _process.ToString(CultureInfo.InvariantCulture));
                return group;
            }

            Directory.Delete(group);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not ours to make, or without this control.
            if (Directory.Exists(group))
            {
                Directory.Delete(group);
            }
        }

        return null;
    }

    private void StopAndContinue()
    {
        var clock = Stopwatch.StartNew();
        for (var period = 1; !_isOver.IsSet; period++)
        {
            _ = Signal(_process, Stop);
            _isOver.Wait(Period - Run);
            _ = Signal(_process, Continue);
            var left = (period * Period) - (int)clock.ElapsedMilliseconds;
            _isOver.Wait(Math.Clamp(left, Run, Period));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
