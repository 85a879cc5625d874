using System.Net;
using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>An address to which connecting neither succeeds nor fails: a listener whose queue is full.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Socket filler;
        do
        {
            filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            try
            {
                filler.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way, or dropped: the poll tells.
            }
        }
        while (filler.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite) && _fillers.Count < 1000);
    }

    public Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");

    /// <summary>Goes on after a while.</summary>
    public void Pause(TimeSpan time) => _listener.Poll(time, SelectMode.SelectError);

    public void Dispose()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
    }
}
