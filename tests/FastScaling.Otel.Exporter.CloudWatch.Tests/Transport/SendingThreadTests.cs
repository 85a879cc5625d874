using System.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class SendingThreadTests
{
    private const int DataASample = 6;

    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    // What a busy machine may add.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    [Fact]
    public void There_is_one_call_an_interval()
    {
        SendingHarness? harness = null;
        using var server = new ScriptedServer(connection =>
        {
            for (var second = 2; ; second++)
            {
                // Something is always pending, so only the schedule holds calls back.
                connection.ReadRequest();
                harness!.Add(second);
                connection.Accept();
            }
        });
        using var made = harness = new SendingHarness(server.Uri).MakeReady();
        harness.Add(1);
        var interval = TimeSpan.FromMilliseconds(200);
        var clock = Stopwatch.StartNew();
        var thread = harness.StartThread(interval, phase: interval / 2);

        for (var call = 0; call < 6; call++)
        {
            server.WaitForRequest();
            Assert.True(clock.Elapsed >= (interval / 2) + (interval * call), $"Call {call} came after {clock.Elapsed}.");
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, (interval * 6) + Margin);
        thread.Stop(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_request_to_send_now_does_not_wait_for_the_schedule()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);

        thread.SendNow();

        server.WaitForRequest();
        thread.Stop(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_flush_says_that_all_was_accepted()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);

        Assert.True(thread.Flush(Margin));
        harness.Add(1);
        Assert.True(thread.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal(DataASample, harness.Statistics.AcceptedData);
        harness.Add(2);
        Assert.True(thread.Flush(Timeout.InfiniteTimeSpan));

        Assert.Equal(2, server.Requests.Count);
        thread.Stop(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(400)]
    [InlineData(0)]
    public void A_flush_says_that_something_was_not_accepted(int status)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            if (status != 0)
            {
                connection.Reply(status);
            }
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);

        Assert.False(thread.Flush(TimeSpan.FromSeconds(30)));
        thread.Stop(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_flush_ends_in_time_when_the_call_hangs()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);
        var clock = Stopwatch.StartNew();

        Assert.False(thread.Flush(TimeSpan.FromMilliseconds(200)));

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(180), Margin);
        thread.Stop(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_flush_ends_in_time_when_nothing_is_ready_and_what_is_pending_stays()
    {
        using var harness = new SendingHarness(new Uri("http://127.0.0.1:1/"));
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);
        var clock = Stopwatch.StartNew();

        Assert.False(thread.Flush(TimeSpan.FromMilliseconds(200)));

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(180), Margin);
        Assert.Equal(1, harness.Pending.Count);
        thread.Stop(TimeSpan.Zero);
    }

    [Fact]
    public void A_flush_that_began_before_anything_was_ready_ends_when_it_is()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri);
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);
        var flushed = false;
        var flushing = new Thread(() => flushed = thread.Flush(TimeSpan.FromSeconds(60)));
        flushing.Start();
        SpinWait.SpinUntil(() => flushing.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));

        harness.MakeReady();
        flushing.Join();

        Assert.True(flushed);
        Assert.Single(server.Requests);
        thread.Stop(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_flush_after_the_end_says_no_at_once()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        thread.Stop(TimeSpan.FromSeconds(10));
        var clock = Stopwatch.StartNew();

        Assert.False(thread.Flush(TimeSpan.FromMinutes(1)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Margin);
    }

    [Fact]
    public void Many_flushes_at_once_all_end()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        var succeeded = 0;
        var flushing = Enumerable.Range(1, 8).Select(second => new Thread(() =>
        {
            for (var i = 0; i < 25; i++)
            {
                harness.Add((second * 100) + i);
                if (thread.Flush(TimeSpan.FromSeconds(30)))
                {
                    Interlocked.Increment(ref succeeded);
                }
            }
        })).ToList();

        flushing.ForEach(flush => flush.Start());
        flushing.ForEach(flush => flush.Join());

        Assert.Equal(200, succeeded);
        Assert.Equal(0, harness.Pending.Count);
        Assert.Equal(200, server.Requests.SelectMany(request => request.Seconds()).Distinct().Count());
        thread.Stop(TimeSpan.FromSeconds(10));
        Assert.Equal(harness.Statistics.SampledData, harness.Statistics.AcceptedData);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("trickle")]
    [InlineData("cut")]
    public void A_server_that_hangs_or_trickles_or_cuts_the_connection_changes_no_schedule(string what)
    {
        const int Calls = 4;
        SendingHarness? harness = null;
        var second = 1;
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            harness!.Add(Interlocked.Increment(ref second));
            switch (what)
            {
                case "hang":
                    connection.Hang();
                    break;
                case "trickle":
                    connection.Write("HTTP/1.1 200 OK\r\nx-amzn-RequestId: 1\r\nContent-Length: 1000\r\n\r\n");
                    while (true)
                    {
                        connection.Write("x");
                        connection.Pause(TimeSpan.FromMilliseconds(50));
                    }

                default:
                    connection.Accept();
                    break;
            }
        });
        using var made = harness = new SendingHarness(server.Uri).MakeReady();
        harness.Add(1);
        var interval = TimeSpan.FromMilliseconds(500);
        var clock = Stopwatch.StartNew();
        var thread = harness.StartThread(interval, phase: TimeSpan.Zero, requestTimeout: interval * 0.8);

        for (var call = 0; call < Calls; call++)
        {
            server.WaitForRequest();
            Assert.True(clock.Elapsed >= interval * call, $"Call {call} came after {clock.Elapsed}.");
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, (interval * Calls) + Margin);
        thread.Stop(TimeSpan.FromSeconds(1));
        var expected = what == "cut" ? harness.Statistics.AcceptedData : harness.Statistics.UnknownData;
        Assert.InRange(expected, (Calls - 1) * DataASample, harness.Statistics.SampledData);
    }

    [Fact]
    public void Stopping_sends_the_rest()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);
        harness.Add(2);

        thread.Stop(TimeSpan.FromSeconds(30));

        Assert.Equal([2, 1], Assert.Single(server.Requests).Seconds());
        Assert.Equal(harness.Statistics.SampledData, harness.Statistics.AcceptedData);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stopping_while_a_call_hangs_still_sends_the_rest(bool hangsInTheReply)
    {
        using var server = new ScriptedServer(
            connection =>
            {
                connection.ReadRequest();
                if (hangsInTheReply)
                {
                    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
                }

                connection.Hang();
            },
            Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never, requestTimeout: TimeSpan.FromMinutes(10));
        harness.Add(1);
        thread.SendNow();
        server.WaitForRequest();
        harness.Add(2);
        harness.Add(3);
        var clock = Stopwatch.StartNew();

        thread.Stop(TimeSpan.FromSeconds(4));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4) + SocketWait.Slice + Margin);
        Assert.Equal([[1], [3, 2]], server.Requests.Select(request => request.Seconds()));
        Assert.Equal(DataASample, harness.Statistics.UnknownData);
        Assert.Equal(2 * DataASample, harness.Statistics.AcceptedData);
        Assert.Equal(harness.Statistics.SampledData, harness.AccountedData);
    }

    [Fact]
    public void Stopping_while_a_connection_attempt_hangs_ends_in_time_and_counts_all()
    {
        using var hole = new BlackHole();
        using var harness = new SendingHarness(hole.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never, requestTimeout: TimeSpan.FromSeconds(60));
        harness.Add(1);
        thread.SendNow();
        Assert.True(SpinWait.SpinUntil(harness.Pending.IsInFlight, Margin), "The call did not begin.");
        harness.Add(2);
        var time = TimeSpan.FromSeconds(2);
        var clock = Stopwatch.StartNew();

        thread.Stop(time);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, time + SocketWait.Slice + Margin);
        Assert.True(SpinWait.SpinUntil(() => harness.Statistics.Dropped(DropReason.Shutdown) > 0, Margin), "What was not sent was not counted.");
        Assert.Equal(harness.Statistics.SampledData, harness.Statistics.Dropped(DropReason.Shutdown));
    }

    [Fact]
    public void Stopping_while_another_attempt_is_waited_for_sends_the_rest_at_once()
    {
        using var server = new ScriptedServer(connection =>
        {
            // Throttling waits longest; how long is up to chance.
            connection.ReadRequest();
            connection.Reply(400, """{"__type":"Throttling"}""");
            Scripts.AcceptAll(connection);
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never, requestTimeout: TimeSpan.FromMinutes(10));
        harness.Add(1);
        thread.SendNow();
        server.WaitForRequest();
        harness.Add(2);

        thread.Stop(TimeSpan.FromSeconds(30));

        Assert.Equal([1, 2], server.Requests.Skip(1).SelectMany(request => request.Seconds()).Order());
        Assert.Equal(harness.Statistics.SampledData, harness.Statistics.AcceptedData);
    }

    [Fact]
    public void Stopping_without_time_counts_what_is_left()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        var thread = harness.StartThread(Never, Never);
        harness.Add(1);

        thread.Stop(TimeSpan.Zero);

        Assert.True(SpinWait.SpinUntil(() => harness.AccountedData > 0, Margin), "What was not sent was not counted.");
        Assert.Equal(harness.Statistics.SampledData, harness.AccountedData);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_call_that_hangs_does_not_hold_up_the_next()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang, Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        harness.Add(1);
        var thread = harness.StartThread(TimeSpan.FromSeconds(1), TimeSpan.Zero, requestTimeout: TimeSpan.FromSeconds(0.8));
        server.WaitForRequest();
        harness.Add(2);

        server.WaitForRequest();

        Assert.Equal([[1], [2]], server.Requests.Select(request => request.Seconds()));
        thread.Stop(TimeSpan.FromSeconds(10));
        Assert.Equal((DataASample, DataASample), (harness.Statistics.UnknownData, harness.Statistics.AcceptedData));
    }
}
