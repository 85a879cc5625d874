using System.Net;
using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>
/// A raw TCP server on loopback. Each connection runs a script on a thread of its own and is closed after it: the first
/// connection the first script, and so on; further ones the last.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Socket _listener;
    private readonly Action<ServerConnection>[] _scripts;
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<ServerConnection> _open = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _ended = new(0);
    private Exception? _failure;
    private int _connections;

    public ScriptedServer(params Action<ServerConnection>[] scripts)
        : this(IPAddress.Loopback, scripts)
    {
    }

    public ScriptedServer(IPAddress address, params Action<ServerConnection>[] scripts)
    {
        _scripts = scripts;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(100);
        new Thread(Accept) { IsBackground = true, Name = "Scripted server" }.Start();
    }

    public ManualResetEvent Disposing { get; } = new(false);

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public Uri Uri => new($"http://127.0.0.1:{Port}/");

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Waits until one more request has arrived.</summary>
    public void WaitForRequest() => Assert.True(_arrived.Wait(Patience), "No request arrived.");

    /// <summary>Waits until the script of one more connection has ended and the connection is closed.</summary>
    public void WaitForClose() => Assert.True(_ended.Wait(Patience), "No connection was closed.");

    public void Count(ReceivedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }

        _arrived.Release();
    }

    public void Dispose()
    {
        Disposing.Set();
        _listener.Dispose();
        lock (_lock)
        {
            _open.ForEach(connection => connection.Dispose());
        }

        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A script failed.", failure);
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                var script = _scripts[Math.Min(Interlocked.Increment(ref _connections), _scripts.Length) - 1];
                new Thread(() => Run(script, socket)) { IsBackground = true, Name = "Scripted connection" }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Run(Action<ServerConnection> script, Socket socket)
    {
        using (var connection = new ServerConnection(this, socket))
        {
            lock (_lock)
            {
                _open.Add(connection);
            }

            try
            {
                script(connection);
            }
            catch (Exception exception) when (
                exception is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client has gone, or does not trust us.
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        }

        _ended.Release();
    }
}
