using System.Globalization;

namespace FastScaling.Benchmarks.Soak;

/// <summary>What the kernel says of a process at a moment.</summary>
/// <param name="Moment">From 0 to 1 of the run.</param>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="Handles">Open file descriptors (files, sockets, pipes) without the connections of its clients, which are theirs to close.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="CpuSeconds">User and system time since its start.</param>
/// <param name="HeapBytes">The live managed heap; 0 when it is not observed.</param>
internal sealed record ProcessSample(double Moment, long ResidentBytes, int Handles, int Threads, double CpuSeconds, long HeapBytes)
{
    // Fields of /proc/…/stat after the name, which ends with a bracket: state is the first.
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const double TicksPerSecond = 100;

    private static readonly string[] Tables = ["tcp", "tcp6"];

    /// <summary>Null when the process has ended.</summary>
    /// <param name="id">The process.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="moment">From 0 to 1 of the run.</param>
    /// <param name="heapBytes">The managed heap; 0 when it is not observed.</param>
    public static ProcessSample? Take(int id, int port, double moment, long heapBytes)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessSample(
                moment,
                Number(status, "VmRSS:") * 1024,
                Directory.GetFileSystemEntries($"/proc/{id}/fd").Length - Tables.Sum(table => Accepted($"/proc/{id}/net/{table}", port)),
                (int)Number(status, "Threads:"),
                (Number(fields[UserTicks]) + Number(fields[SystemTicks])) / TicksPerSecond,
                heapBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    // Lines of "sl local_address rem_address st …": those of the port that are held by a process and do not listen.
    private static int Accepted(string table, int port) => File.ReadLines(table).Skip(1).Count(line =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, var state, _, _, _, _, _, var inode, ..]
        && local.EndsWith($":{port:X4}", StringComparison.Ordinal)
        && state != "0A"
        && inode != "0");

    private static long Number(string[] status, string name) =>
        Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split('k')[0].Trim());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
