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
    public void What_failed_is_kept_and_sent_next_time_with_the_newest_first()
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
        Assert.False(harness.SendPending());
        AddSeconds(harness, 3);
        Assert.False(harness.SendPending());
        Assert.Equal(3, harness.Pending.Count);
        Assert.Equal(0, harness.AccountedData);
        AddSeconds(harness, 4);
        Assert.True(harness.SendPending());

        Assert.Equal([[2, 1], [3, 2, 1], [4, 3, 2, 1]], server.Requests.Select(request => request.Seconds()));
        Assert.Equal(2, harness.Statistics.Requests(SendOutcome.Failed));
        AllIsAccountedFor(harness);
    }

    [Fact]
    public void What_is_refused_is_dropped_counted_and_not_sent_again()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(400, """{"__type":"InvalidParameterValueException"}""");
            Scripts.AcceptAll(connection);
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();

        AddSeconds(harness, 1, 2);
        Assert.False(harness.SendPending());
        AddSeconds(harness, 3);
        Assert.True(harness.SendPending());

        Assert.Equal([[2, 1], [3]], server.Requests.Select(request => request.Seconds()));
        Assert.Equal(2 * DataASample, harness.Statistics.Dropped(DropReason.Refused));
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
    public void A_failure_in_the_middle_of_a_backlog_loses_nothing_and_repeats_nothing_that_was_accepted()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Accept();
            connection.ReadRequest();
            connection.Reply(500);
            Scripts.AcceptAll(connection);
        });
        using var harness = new SendingHarness(server.Uri).MakeReady();
        AddSeconds(harness, [.. Enumerable.Range(1, 400)]);

        Assert.False(harness.SendPending());
        Assert.Equal(400 - 166, harness.Pending.Count);
        Assert.True(harness.SendPending());

        var accepted = server.Requests.Where((_, index) => index != 1).SelectMany(request => request.Seconds());
        Assert.Equal(Enumerable.Range(1, 400).Reverse().Select(second => (long)second), accepted);
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

        Assert.False(harness.SendPending());

        // Without an expiry they would be kept for ever.
        credentials.WaitForRequest();
        Assert.True(harness.SendPending());
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
