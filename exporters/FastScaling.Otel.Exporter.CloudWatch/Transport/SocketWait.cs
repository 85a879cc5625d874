using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Waits for a non-blocking socket on the calling thread with poll(2). Neither the thread pool nor its timers have a
/// part in it, so it keeps its time when the pool is starved.
/// </summary>
internal static class SocketWait
{
    /// <summary>The longest single wait, and so the time in which a cancelled deadline is noticed.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <exception cref="TimeoutException">The deadline passed before the socket was ready.</exception>
    public static void Until(Socket socket, SelectMode mode, Deadline deadline)
    {
        while (true)
        {
            var remaining = deadline.RemainingOrThrow();
            if (socket.Poll(remaining < Slice ? remaining : Slice, mode))
            {
                return;
            }
        }
    }
}
