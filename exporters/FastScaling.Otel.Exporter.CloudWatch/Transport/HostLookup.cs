using System.Net;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Turns names into addresses within a deadline. The system's look-up has none and can hang for half a minute, so it
/// runs on a thread of its own, one a name at a time; the addresses that were found last serve while it fails or hangs.
/// </summary>
internal sealed class HostLookup
{
    // With older addresses at hand, a look-up that takes longer, or half of the time, is not worth the call.
    private static readonly TimeSpan PatienceWithFallback = TimeSpan.FromSeconds(1);

    private readonly Func<string, IPAddress[]> _lookUp;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Query> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IPAddress[]> _last = new(StringComparer.OrdinalIgnoreCase);

    public HostLookup()
        : this(Dns.GetHostAddresses)
    {
    }

    /// <param name="lookUp">The look-up, which may block and throw.</param>
    internal HostLookup(Func<string, IPAddress[]> lookUp) => _lookUp = lookUp;

    /// <summary>The addresses of a host; at least one.</summary>
    /// <exception cref="IOException">The name has no address, or cannot be looked up.</exception>
    /// <exception cref="TimeoutException">The deadline passed, and no older addresses are known.</exception>
    public IPAddress[] Find(string host, Deadline deadline)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        var (query, last) = Begin(host);
        if (query.Wait(last is null ? deadline : Patience(deadline)) is { Length: > 0 } found)
        {
            return found;
        }

        return last
            ?? (query.IsDone
                ? throw new IOException($"the name {host} cannot be looked up: {query.Failure ?? "it has no address"}")
                : throw new TimeoutException($"The look-up of the name {host} takes too long."));
    }

    private static Deadline Patience(Deadline deadline)
    {
        var parts = Math.Max(2, (int)Math.Ceiling(deadline.RemainingOrThrow() / PatienceWithFallback));
        return deadline.Share(parts);
    }

    private (Query Query, IPAddress[]? Last) Begin(string host)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(host, out var query))
            {
                query = new Query();
                _running.Add(host, query);
                new Thread(() => Run(host, query)) { IsBackground = true, Name = "FastScaling name look-up" }.UnsafeStart();
            }

            return (query, _last.GetValueOrDefault(host));
        }
    }

    private void Run(string host, Query query)
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        IPAddress[] found = [];
        string? failure = null;
        try
        {
            found = _lookUp(host);
        }
        catch (Exception exception)
        {
            // Not only sockets fail: an impossible name is an ArgumentException.
            failure = exception.Message;
        }

        lock (_lock)
        {
            _running.Remove(host);
            if (found.Length > 0)
            {
                _last[host] = found;
            }
        }

        query.Complete(found, failure);
    }

    /// <summary>One look-up that is under way.</summary>
    private sealed class Query
    {
        private readonly WakeSignal _done = new();
        private volatile IPAddress[]? _found;

        public string? Failure { get; private set; }

        public bool IsDone => _found is not null;

        public void Complete(IPAddress[] found, string? failure)
        {
            Failure = failure;
            _found = found;
            _done.Set();
        }

        /// <returns>What was found; null when the time was over first.</returns>
        public IPAddress[]? Wait(Deadline deadline)
        {
            while (!IsDone && deadline.Remaining is var left && left > TimeSpan.Zero)
            {
                _done.Wait(left < SocketWait.Slice ? left : SocketWait.Slice);
            }

            return _found;
        }
    }
}
