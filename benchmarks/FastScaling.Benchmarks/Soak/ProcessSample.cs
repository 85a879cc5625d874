using System.Globalization;

namespace FastScaling.Benchmarks.Soak;

/// <summary>What the kernel says of a process at a moment.</summary>
/// <param name="Moment">From 0 to 1 of the run.</param>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="Handles">Open file descriptors: files, sockets, pipes.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="CpuSeconds">User and system time since its start.</param>
/// <param name="HeapBytes">The managed heap after the last collection; 0 when it is not observed.</param>
internal sealed record ProcessSample(double Moment, long ResidentBytes, int Handles, int Threads, double CpuSeconds, long HeapBytes)
{
    // Fields of /proc/…/stat after the name, which ends with a bracket: state is the first.
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const double TicksPerSecond = 100;

    /// <summary>Null when the process has ended.</summary>
    public static ProcessSample? Take(int id, double moment, long heapBytes)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessSample(
                moment,
                Number(status, "VmRSS:") * 1024,
                Directory.GetFileSystemEntries($"/proc/{id}/fd").Length,
                (int)Number(status, "Threads:"),
                (Number(fields[UserTicks]) + Number(fields[SystemTicks])) / TicksPerSecond,
                heapBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long Number(string[] status, string name) =>
        Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split('k')[0].Trim());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
