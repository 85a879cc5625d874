using System.Globalization;
using System.Net;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>
/// An endpoint over real sockets that injects faults by a seed, and relays what it takes to a strict CloudWatch. Each
/// connection is a script of its own.
/// </summary>
internal sealed class FaultEndpoint : IDisposable
{
    private static readonly TimeSpan SignatureTolerance = TimeSpan.FromMinutes(5);
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly HttpClient _client = new();
    private readonly CountdownEvent _relaying = new(1);
    private readonly Uri _strict;
    private readonly Dictionary<(string Metric, long Second), int> _held = [];
    private readonly List<string> _wrong = [];
    private Fault _fault;
    private int _left;

    public FaultEndpoint(int seed, Uri strict)
    {
        _random = new Random(seed);
        _strict = strict;
        Server = new ScriptedServer(Serve);
    }

    public ScriptedServer Server { get; }

    /// <summary>From now on every call is obeyed.</summary>
    public bool IsWell { get; set; }

    /// <summary>What the strict CloudWatch did not take, and data that came twice.</summary>
    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_lock)
            {
                return [.. _wrong];
            }
        }
    }

    public long Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    public void Dispose()
    {
        Server.Dispose();

        // A call that broke off in the middle would be one that the strict CloudWatch refuses.
        _relaying.Signal();
        _relaying.Wait();
        _relaying.Dispose();
        _client.Dispose();
    }

    private void Serve(ServerConnection connection)
    {
        while (true)
        {
            var request = connection.ReadRequest();
            var fault = NextFault();
            switch (fault)
            {
                case Fault.Unreachable or Fault.ResetBeforeReply:
                    if (Chance())
                    {
                        Take(request);
                    }

                    connection.Reset();
                    return;
                case Fault.Hang:
                    connection.Hang();
                    return;
                case Fault.Garbage:
                    connection.Write("SSH-2.0-Garbage\r\n\r\n");
                    return;
                case Fault.Slow:
                    connection.Pause(TimeSpan.FromMilliseconds(100));
                    break;
                case Fault.None or Fault.ResetAfterReply:
                    break;
                default:
                    if (fault == Fault.Nameless && Chance())
                    {
                        Take(request);
                    }

                    Reply(connection, Locked(random => FaultReplies.Of(fault, random)));
                    continue;
            }

            Reply(connection, Take(request));
            if (fault == Fault.ResetAfterReply)
            {
                return;
            }
        }
    }

    private Fault NextFault()
    {
        lock (_lock)
        {
            if (IsWell)
            {
                return Fault.None;
            }

            if (_left-- <= 0)
            {
                _fault = _random.Next(2) == 0 ? Fault.None : Faults[_random.Next(Faults.Length)];

                // One that lasts for a minute by its pace would leave nothing else to be seen.
                _left = _fault == Fault.Forbidden ? 0 : _random.Next(4);
            }

            return _fault;
        }
    }

    private bool Chance() => Locked(random => random.Next(2) == 0);

    private T Locked<T>(Func<Random, T> take)
    {
        lock (_lock)
        {
            return take(_random);
        }
    }

    /// <summary>What a strict CloudWatch says to a request, whose data it then has.</summary>
    private (int Status, string Headers, string Body) Take(ReceivedRequest request)
    {
        var signed = DateTimeOffset.ParseExact(
            request.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if ((DateTimeOffset.UtcNow - signed).Duration() > SignatureTolerance)
        {
            return Locked(random => FaultReplies.Error(random, (403, "SignatureDoesNotMatch")));
        }

        var data = StrictBody.Read(System.Text.Encoding.UTF8.GetBytes(request.Text));
        if (!IsWell && data.Any(datum => (datum.Second * 31) % 37 == 0 && datum.Metric == nameof(ScalingSignals.QueueLength)))
        {
            return Locked(random => FaultReplies.Error(random, (400, "InvalidParameterValue")));
        }

        if (!_relaying.TryAddCount())
        {
            return (503, string.Empty, string.Empty); // The test is over.
        }

        try
        {
            return Relay(request, data);
        }
        finally
        {
            _relaying.Signal();
        }
    }

    private (int Status, string Headers, string Body) Relay(ReceivedRequest request, List<(string Metric, long Second)> data)
    {
        using var relayed = new HttpRequestMessage(HttpMethod.Post, _strict) { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers.Where(header => header.Key != "Content-Length"))
        {
            if (!relayed.Headers.TryAddWithoutValidation(name, value))
            {
                relayed.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var reply = _client.Send(relayed);
        lock (_lock)
        {
            if (reply.StatusCode != HttpStatusCode.OK)
            {
                using var reader = new StreamReader(reply.Content.ReadAsStream());
                _wrong.Add($"{reply.StatusCode}: {reader.ReadToEnd()}");
            }

            foreach (var datum in data)
            {
                _held[datum] = _held.GetValueOrDefault(datum) + 1;
                if (_held[datum] > 1)
                {
                    _wrong.Add($"{datum} came twice.");
                }
            }
        }

        return ((int)reply.StatusCode, "x-amzn-RequestId: 1", "{}");
    }

    private static void Reply(ServerConnection connection, (int Status, string Headers, string Body) reply)
    {
        var date = $"Date: {DateTimeOffset.UtcNow:r}";
        connection.Reply(reply.Status, reply.Body, reply.Headers.Length == 0 ? date : $"{reply.Headers}\r\n{date}");
    }
}
