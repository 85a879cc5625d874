using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class SenderTests
{
    private const int DataASample = 6;

    [Fact]
    public void All_that_is_pending_leaves_in_one_request_newest_first()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, 1, 2, 3, 4, 5);

        Assert.True(harness.SendPending());

        Assert.Equal([5, 4, 3, 2, 1], Assert.Single(server.Requests).Seconds());
        Assert.Equal(5 * DataASample, harness.Statistics.AcceptedData);
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void Nothing_pending_makes_no_request()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();

        Assert.True(harness.SendPending());

        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void What_failed_for_a_moment_is_sent_again_in_the_same_turn()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(503);
            connection.ReadRequest();
            connection.Reply(400, """{"__type":"Throttling"}""");
            Scripts.AcceptAll(connection);
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, 1, 2);

        // Throttling has one retry a request, which the 503 has used up.
        Assert.False(harness.SendPending());
        Assert.Equal((1, 1, 1), (harness.Statistics.Requests(SendOutcome.Failed), harness.Statistics.Requests(SendOutcome.Throttled), harness.Statistics.Retries));
        Assert.NotNull(harness.Sender.LastThrottled);
        Assert.Equal((0, 2 * DataASample), (harness.AccountedData, harness.Pending.Data));
        AddSeconds(harness, 3);
        Assert.True(harness.SendPending(isLast: true));

        // Live data first, and then the backlog.
        Assert.Equal([[2, 1], [2, 1], [3], [2, 1]], server.Requests.Select(request => request.Seconds()));
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void The_backlog_follows_the_live_data_in_one_request_a_turn_newest_first()
    {
        var isDown = true;
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                connection.ReadRequest();
                if (Volatile.Read(ref isDown))
                {
                    connection.Reply(403);
                }
                else
                {
                    connection.Accept();
                }
            }
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        for (var turn = 0; turn < 3; turn++)
        {
            AddSeconds(harness, [.. Enumerable.Range(turn * 100, 100)]);
            Assert.False(harness.SendPending(isLast: true));
        }

        Volatile.Write(ref isDown, false);
        AddSeconds(harness, 300);
        Assert.False(harness.SendPending(isLast: false), "It is still the time to keep the slow pace.");
        Assert.True(harness.SendPending(isLast: true));

        var accepted = server.Requests.Skip(3).Select(request => request.Seconds()).ToList();
        Assert.Equal([1, 166, 134], accepted.Select(seconds => seconds.Count));
        Assert.Equal(Enumerable.Range(0, 301).Reverse().Select(second => (long)second), accepted.SelectMany(seconds => seconds));
        AllIsAccountedFor(harness);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_datum_at_fault_is_found_and_dropped_alone_and_told_by_name(int seconds)
    {
        using var server = new ScriptedServer(connection => Refuse(connection, datum => datum is ("QueueLength", 1)));
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, [.. Enumerable.Range(1, seconds)]);

        Assert.False(harness.SendPending());

        AllIsAccountedFor(harness);
        Assert.Equal(1, harness.Statistics.Dropped(DropReason.Refused));
        Assert.Contains("'QueueLength'", Assert.Single(harness.Logger.Lines, line => line.Id == 22).Text, StringComparison.Ordinal);

        // A halving search: two requests for each halving at most, and the first.
        Assert.InRange(server.Requests.Count, 2, 1 + (2 * (int)Math.Ceiling(Math.Log2(seconds * DataASample))));
    }

    [Fact]
    public void A_metric_that_is_refused_every_time_costs_the_others_nothing_and_is_forgiven_when_it_is_taken()
    {
        using var server = new ScriptedServer(connection => Refuse(connection, datum => datum is ("QueueLength", < 10)));
        using var harness = new SendingHarness(server.Uri).MakeReady();
        for (var second = 1; second < 12; second++)
        {
            AddSeconds(harness, second);
            harness.SendPending();
        }

        AllIsAccountedFor(harness);
        Assert.Equal(9, harness.Statistics.Dropped(DropReason.Refused));
        var requests = server.Requests.Select(request => request.Data()).ToList();

        // From the second turn on the others are in one request, and that metric in another; the last is whole again.
        Assert.Equal([.. Enumerable.Repeat((int[])[5, 1], 9).SelectMany(pair => pair), 6], requests.TakeLast(19).Select(data => data.Count));
    }

    [Fact]
    public void A_request_that_is_too_large_is_halved_and_the_next_ones_are_smaller()
    {
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                if (connection.ReadRequest().Data().Count > 400)
                {
                    connection.Reply(413);
                }
                else
                {
                    connection.Accept();
                }
            }
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, [.. Enumerable.Range(1, 300)]);

        Assert.False(harness.SendPending());
        AllIsAccountedFor(harness);
        var learnt = server.Requests.Count;
        AddSeconds(harness, [.. Enumerable.Range(301, 300)]);
        Assert.True(harness.SendPending());

        AllIsAccountedFor(harness);
        Assert.Equal(0, harness.Statistics.Dropped(DropReason.Refused));
        Assert.All(server.Requests.Skip(learnt), request => Assert.InRange(request.Data().Count, 1, 400));
    }

    [Fact]
    public void A_missing_permission_is_tried_again_slowly()
    {
        using var server = new ScriptedServer(Scripts.Answer(403, """{"__type":"AccessDenied"}"""));
        using var harness = new SendingHarness(server.Uri).MakeReady();
        for (var second = 1; second < 20; second++)
        {
            AddSeconds(harness, second);
            Assert.False(harness.SendPending());
        }

        Assert.Single(server.Requests);
        Assert.Equal(19, harness.Pending.Count);
        Assert.Equal(1, harness.Logger.CountOf(20));
    }

    [Fact]
    public void A_wrong_clock_is_corrected_in_the_same_turn()
    {
        var clock = new ShiftedTime(TimeSpan.FromHours(-2));
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                var signed = DateTimeOffset.ParseExact(
                    connection.ReadRequest().Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
                var now = DateTimeOffset.UtcNow;
                if ((now - signed).Duration() > TimeSpan.FromMinutes(5))
                {
                    connection.Reply(403, """{"__type":"SignatureDoesNotMatch"}""", $"Date: {now:r}");
                }
                else
                {
                    connection.Accept();
                }
            }
        });
        using var harness = new SendingHarness(server.Uri, clock: clock).MakeReady();
        AddSeconds(harness, 1);

        Assert.True(harness.SendPending());

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(1, harness.Logger.CountOf(24));
        Assert.InRange(harness.Clock.Offset, TimeSpan.FromHours(2) - TimeSpan.FromSeconds(5), TimeSpan.FromHours(2) + TimeSpan.FromSeconds(5));
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void What_got_no_reply_is_counted_as_unknown_and_not_sent_again()
    {
        using var server = new ScriptedServer(connection => connection.ReadRequest(), Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();

        AddSeconds(harness, 1, 2);
        Assert.False(harness.SendPending());
        AddSeconds(harness, 3);
        Assert.True(harness.SendPending());

        Assert.Equal([[2, 1], [3]], server.Requests.Select(request => request.Seconds()));
        Assert.Equal(2 * DataASample, harness.Statistics.UnknownData);
        Assert.Equal(1, harness.Statistics.Requests(SendOutcome.Unknown));
        AllIsAccountedFor(harness);
    }

    [Theory]
    [InlineData(900, 1)]
    [InlineData(1_000, 150)]
    public void A_backlog_leaves_in_requests_within_the_limits_each_datum_once(int samples, int values)
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var harness = new SendingHarness(server.Uri).MakeReady();
        for (var second = 1; second <= samples; second++)
        {
            harness.Add(second, values);
        }

        Assert.True(harness.SendPending());

        var data = server.Requests.Select(request => request.Data()).ToList();
        Assert.All(data, request => Assert.InRange(request.Count, 1, PutMetricDataWriter.MaxData));
        Assert.All(server.Requests, request => Assert.InRange(request.Text.Length, 1, 990_000));
        Assert.Equal(1, server.Connections);

        // Full requests: of the most data that samples of six can make, or of bytes with no room for another.
        Assert.All(server.Requests.SkipLast(1), request =>
            Assert.True(request.Data().Count > 1_000 - DataASample || request.Text.Length > 900_000));

        var sent = data.SelectMany(request => request).ToList();
        Assert.Equal(samples * DataASample, sent.Count);
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Equal(sent.OrderByDescending(datum => datum.Second).Select(datum => datum.Second), sent.Select(datum => datum.Second));
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void A_failure_in_the_middle_of_live_data_loses_nothing_and_repeats_nothing_that_was_accepted()
    {
        var calls = 0;
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                connection.ReadRequest();
                if (++calls is > 1 and < 6)
                {
                    connection.Reply(500);
                }
                else
                {
                    connection.Accept();
                }
            }
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, [.. Enumerable.Range(1, 400)]);

        Assert.False(harness.SendPending());
        Assert.Equal(400 - 166, harness.Pending.Count);
        Assert.True(harness.SendPending());

        // Four attempts failed; the last 68 seconds had not been tried and so are the live ones.
        var accepted = server.Requests.Where((_, index) => index is 0 or > 4).Select(request => request.Seconds()).ToList();
        Assert.Equal([166, 68, 166], accepted.Select(seconds => seconds.Count));
        Assert.Equal(Enumerable.Range(1, 400).Select(second => (long)second), accepted.SelectMany(seconds => seconds).Order());
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void What_is_given_up_at_the_end_is_counted()
    {
        using var harness = new SendingHarness(new Uri("http://127.0.0.1:1/"));
        AddSeconds(harness, 1, 2, 3);

        harness.Sender.Abandon();

        Assert.Equal(3 * DataASample, harness.Statistics.Dropped(DropReason.Shutdown));
        Assert.Equal(1, harness.Logger.CountOf(11));
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void Expired_credentials_are_looked_up_again_at_once()
    {
        using var credentials = new ScriptedServer(Scripts.Answer(200, """{"AccessKeyId":"A","SecretAccessKey":"S","Token":"T"}"""));
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(403, """{"__type":"ExpiredTokenException"}""");
            Scripts.AcceptAll(connection);
        });
        var settings = TestAws.Settings(options =>
        {
            options.Endpoint = server.Uri;
            options.Region = "eu-central-1";
            options.Dimensions["A"] = "b";
        });
        using var harness = new SendingHarness(
            server.Uri,
            TestAws.Environment(("AWS_CONTAINER_CREDENTIALS_FULL_URI", credentials.Uri.ToString())),
            settings).MakeReady();
        credentials.WaitForRequest();
        AddSeconds(harness, 1);

        Assert.True(harness.SendPending());

        // Without an expiry they would be kept for ever.
        credentials.WaitForRequest();
    }

    /// <summary>Refuses a whole request for one datum, as CloudWatch does.</summary>
    private static void Refuse(ServerConnection connection, Func<(string Metric, long Second), bool> isAtFault)
    {
        while (true)
        {
            if (connection.ReadRequest().Data().Any(isAtFault))
            {
                connection.Reply(400, """{"__type":"InvalidParameterValueException"}""");
            }
            else
            {
                connection.Accept();
            }
        }
    }

    private static void AddSeconds(SendingHarness harness, params int[] seconds)
    {
        foreach (var second in seconds)
        {
            harness.Add(second);
        }
    }

    private static void AllIsAccountedFor(SendingHarness harness)
    {
        Assert.Equal(0, harness.Pending.Count);
        Assert.Equal(harness.Statistics.SampledData, harness.AccountedData);
    }
}
