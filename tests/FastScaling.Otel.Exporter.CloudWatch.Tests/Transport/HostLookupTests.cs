using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public sealed class HostLookupTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim _end = new();
    private int _lookUps;

    // Ends the look-ups that hang.
    public void Dispose() => _end.Set();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Addresses_need_no_look_up(string address)
    {
        var lookup = new HostLookup(_ => throw new InvalidOperationException("looked up"));

        Assert.Equal([IPAddress.Parse(address)], lookup.Find(address, Calls.Ample));
    }

    [Fact]
    public void A_look_up_that_hangs_ends_with_the_deadline_and_holds_one_thread_alone()
    {
        var lookup = new HostLookup(Hang);

        for (var i = 0; i < 3; i++)
        {
            var clock = Stopwatch.StartNew();
            var failure = Assert.Throws<TimeoutException>(() => lookup.Find("host.example", new Deadline(Short)));
            Assert.InRange(clock.Elapsed, Short - TimeSpan.FromMilliseconds(20), Short + Margin);
            Assert.Contains("host.example", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, Volatile.Read(ref _lookUps));
    }

    [Fact]
    public void A_cancelled_deadline_ends_the_wait()
    {
        var lookup = new HostLookup(Hang);
        var deadline = new Deadline(TimeSpan.FromSeconds(30));
        var cancelling = new Thread(() =>
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _lookUps) > 0, TimeSpan.FromSeconds(30)));
            deadline.Cancel();
        });
        cancelling.Start();

        Assert.Throws<TimeoutException>(() => lookup.Find("host.example", deadline));
        cancelling.Join();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_addresses_serve_while_a_look_up_fails_or_hangs(bool hangs)
    {
        var isDown = false;
        var lookup = new HostLookup(host => !Volatile.Read(ref isDown) ? [IPAddress.Loopback] : hangs ? Hang(host) : throw new SocketException((int)SocketError.TryAgain));
        Assert.Equal([IPAddress.Loopback], lookup.Find("host.example", Calls.Ample));
        Volatile.Write(ref isDown, true);

        var deadline = new Deadline(TimeSpan.FromSeconds(20));
        Assert.Equal([IPAddress.Loopback], lookup.Find("host.example", deadline));

        // Most of the time is left for the call.
        Assert.True(deadline.Remaining > TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void New_addresses_replace_the_old_ones()
    {
        var lookup = new HostLookup(_ => [new IPAddress([10, 0, 0, (byte)Interlocked.Increment(ref _lookUps)])]);

        Assert.Equal("10.0.0.1", lookup.Find("host.example", Calls.Ample).Single().ToString());
        Assert.Equal("10.0.0.2", lookup.Find("HOST.example", Calls.Ample).Single().ToString());
    }

    [Fact]
    public void A_name_that_has_no_address_is_named()
    {
        var failing = new HostLookup(_ => throw new SocketException((int)SocketError.HostNotFound));
        var empty = new HostLookup(_ => []);
        var impossible = new HostLookup(_ => throw new ArgumentException("impossible"));

        Assert.All([failing, empty, impossible], lookup =>
            Assert.Contains("host.example", Assert.Throws<IOException>(() => lookup.Find("host.example", Calls.Ample)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_goes_to_the_addresses_in_their_order_until_one_answers()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, "ok"));

        // Nothing listens on the port on the other loopback addresses, and there may be no IPv6 at all.
        var lookup = new HostLookup(_ => [IPAddress.Parse("2001:db8::1"), IPAddress.Parse("127.0.0.9"), IPAddress.Loopback]);
        using var client = new HttpConnection(new Uri($"http://many.example:{server.Port}/"), new Network { Lookup = lookup });

        Assert.Equal("ok", client.Post("x").Text());
    }

    [Fact]
    public void A_call_whose_look_up_hangs_keeps_its_deadline_and_was_not_sent()
    {
        using var client = new HttpConnection(new Uri("http://host.example/"), new Network { Lookup = new HostLookup(Hang) });
        var clock = Stopwatch.StartNew();

        var failure = Assert.Throws<TransportException>(() => client.Post("x", new Deadline(Short)));

        Assert.False(failure.WasSent);
        Assert.Equal("The look-up of the name host.example takes too long.", failure.Message);
        Assert.InRange(clock.Elapsed, Short - TimeSpan.FromMilliseconds(20), Short + Margin);
    }

    private IPAddress[] Hang(string host)
    {
        Interlocked.Increment(ref _lookUps);
        _end.Wait();
        return [];
    }
}
