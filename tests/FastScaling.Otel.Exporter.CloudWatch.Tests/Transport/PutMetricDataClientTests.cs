using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Amazon;
using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class PutMetricDataClientTests
{
    private static readonly RegionEndpoint Region = RegionEndpoint.EUCentral1;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "a session/token+with=characters")]
    [InlineData(true, "a session/token+with=characters")]
    public async Task CloudWatch_accepts_what_is_signed_with_the_right_secret(bool isGzip, string? sessionToken)
    {
        var (server, receipts) = await StartAsync();
        await using var _ = server;
        using var client = new PutMetricDataClient(server.Endpoint, Region);
        AWSCredentials credentials = sessionToken is null
            ? TestAws.Credentials
            : new SessionAWSCredentials(TestAws.AccessKeyId, TestAws.SecretAccessKey, sessionToken);

        var result = client.Send(Body(isGzip, "test"), isGzip, credentials, Calls.Ample);

        Assert.Equal(new SendResult(SendOutcome.Accepted, string.Empty), result);
        var receipt = Assert.Single(receipts);
        Assert.Equal((isGzip, TestAws.AccessKeyId, "json-1.0", 6), (receipt.IsGzip, receipt.AccessKeyId, receipt.Protocol, receipt.DatumCount));
    }

    [Fact]
    public async Task All_calls_use_one_connection()
    {
        var (server, receipts) = await StartAsync();
        await using var _ = server;
        using var client = new PutMetricDataClient(server.Endpoint, Region);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(SendOutcome.Accepted, client.Send(Body(i % 2 == 0, "test"), i % 2 == 0, TestAws.Credentials, Calls.Ample).Outcome);
        }

        Assert.Equal(20, receipts.Count);
        Assert.Single(receipts.Select(receipt => receipt.ConnectionId).Distinct());
    }

    [Theory]
    [InlineData(TestAws.AccessKeyId, "wrong", "SignatureDoesNotMatch")]
    [InlineData("AKIDOTHER", TestAws.SecretAccessKey, "InvalidClientTokenId")]
    public async Task A_wrong_key_is_forbidden(string accessKeyId, string secret, string code)
    {
        var (server, receipts) = await StartAsync();
        await using var _ = server;
        using var client = new PutMetricDataClient(server.Endpoint, Region);

        var result = client.Send(Body(false, "test"), false, new BasicAWSCredentials(accessKeyId, secret), Calls.Ample);

        Assert.Equal(new SendResult(SendOutcome.Forbidden, $"status 403 {code}", code), result);
        Assert.Empty(receipts);
    }

    [Fact]
    public async Task What_CloudWatch_does_not_allow_is_refused()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        using var client = new PutMetricDataClient(server.Endpoint, Region);

        var result = client.Send("""{"Namespace":"AWS/X","MetricData":[{"MetricName":"x","Value":1}]}"""u8, false, TestAws.Credentials, Calls.Ample);

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.StartsWith("status 400 InvalidParameterValue", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cloudwatch")]
    [InlineData("a/b/")]
    [InlineData("with%20space/~x_y-z.1")]
    public void A_path_of_the_endpoint_is_kept_and_signed(string path)
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var client = new PutMetricDataClient(new Uri(server.Uri, path), Region);

        Assert.Equal(SendOutcome.Accepted, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);

        var request = Assert.Single(server.Requests);
        Assert.Equal($"POST /{path} HTTP/1.1", request.Line);
        Assert.Equal($"127.0.0.1:{server.Port}", request.Headers["Host"]);
        Assert.True(request.IsSignedWith(TestAws.SecretAccessKey));
        Assert.False(request.IsSignedWith("wrong"));
    }

    [Fact]
    public void An_endpoint_with_an_IPv6_address_is_signed_for()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "The machine has no IPv6.");
        using var server = new ScriptedServer(IPAddress.IPv6Loopback, Scripts.AcceptAll);
        using var client = new PutMetricDataClient(new Uri($"http://[::1]:{server.Port}/"), Region);

        Assert.Equal(SendOutcome.Accepted, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);

        var request = Assert.Single(server.Requests);
        Assert.Equal($"[::1]:{server.Port}", request.Headers["Host"]);
        Assert.True(request.IsSignedWith(TestAws.SecretAccessKey));
    }

    [Fact]
    public void The_request_is_the_one_of_AWS_JSON()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var client = new PutMetricDataClient(server.Uri, Region);
        client.Send("{}"u8, false, new SessionAWSCredentials(TestAws.AccessKeyId, TestAws.SecretAccessKey, "token"), Calls.Ample);

        var request = Assert.Single(server.Requests);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Equal("GraniteServiceVersion20100801.PutMetricData", request.Headers["X-Amz-Target"]);
        Assert.Equal("true", request.Headers["x-amzn-query-mode"]);
        Assert.Equal("token", request.Headers["X-Amz-Security-Token"]);
        Assert.Contains("/eu-central-1/monitoring/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Encoding", request.Headers.Keys);
        Assert.Equal($"FastScaling.Otel/{LibraryVersion.Of(typeof(PutMetricDataClient).Assembly)}", request.Headers["User-Agent"]);
        Assert.True(request.IsSignedWith(TestAws.SecretAccessKey));
    }

    [Theory]
    [InlineData("http://0.0.0.0:9/")]
    [InlineData("http://does-not-exist.invalid/")]
    [InlineData("https://127.0.0.1:1/")]
    public void An_endpoint_that_cannot_be_reached_is_a_failure(string endpoint)
    {
        using var client = new PutMetricDataClient(new Uri(endpoint), Region);

        var result = client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample);

        Assert.Equal(SendOutcome.Failed, result.Outcome);
        Assert.NotEmpty(result.Reason);
    }

    [Fact]
    public void Credentials_that_cannot_sign_are_a_failure()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var client = new PutMetricDataClient(server.Uri, Region);

        Assert.Equal(SendOutcome.Failed, client.Send("{}"u8, false, new AnonymousAWSCredentials(), Calls.Ample).Outcome);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}")]
    public void A_request_without_proper_reply_has_an_unknown_outcome(string reply)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(reply);
        });
        using var client = new PutMetricDataClient(server.Uri, Region);

        Assert.Equal(SendOutcome.Unknown, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad\r\nContent-Length: 14\r\nx-amzn-RequestId: 1\r\n\r\n{\"__type\":\"\xff\"}", SendOutcome.Refused)]
    [InlineData("HTTP/1.1 400 Bad\r\nContent-Length: 14\r\n\r\n{\"__type\":\"\xff\"}", SendOutcome.Failed)]
    [InlineData("HTTP/1.1 503 Busy\r\n\r\n<html>", SendOutcome.Failed)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n", SendOutcome.Failed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", SendOutcome.Failed)]
    internal void A_reply_of_something_else_throws_nothing(string reply, SendOutcome outcome)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(reply);
        });
        using var client = new PutMetricDataClient(server.Uri, Region);

        Assert.Equal(outcome, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(86_400)]
    public async Task A_clock_that_is_wrong_is_corrected_by_the_Date_of_the_reply(int seconds)
    {
        var (server, receipts) = await StartAsync();
        await using var _ = server;
        var wrong = new ShiftedTime(TimeSpan.FromSeconds(seconds));
        var clock = new ClockOffset(wrong);
        using var client = new PutMetricDataClient(server.Endpoint, Region, clock: clock);

        var first = client.Send(Body(false, "test"), false, TestAws.Credentials, Calls.Ample);
        var second = client.Send(Body(false, "test"), false, TestAws.Credentials, Calls.Ample);

        Assert.Equal((SendOutcome.ClockSkewed, SendOutcome.Accepted), (first.Outcome, second.Outcome));
        Assert.InRange(clock.Offset.TotalSeconds, -seconds - 10, -seconds + 10);
        Assert.Single(receipts);
    }

    [Fact]
    public void The_Date_of_something_else_changes_no_clock()
    {
        using var server = new ScriptedServer(Scripts.Answer(503, "<html>", "Date: Mon, 01 Jan 2001 00:00:00 GMT"));
        var clock = new ClockOffset(TimeProvider.System);
        using var client = new PutMetricDataClient(server.Uri, Region, clock: clock);

        Assert.Equal(SendOutcome.Failed, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);

        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    private static async Task<(LocalCloudWatchServer Server, ConcurrentQueue<PutMetricDataReceipt> Receipts)> StartAsync()
    {
        var receipts = new ConcurrentQueue<PutMetricDataReceipt>();
        var options = new LocalCloudWatchOptions { Received = receipts.Enqueue };
        options.SecretAccessKeys[TestAws.AccessKeyId] = TestAws.SecretAccessKey;
        return (await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken), receipts);
    }

    private static byte[] Body(bool isGzip, string serviceName)
    {
        var sample = new Sample { Second = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), Signals = ScalingSignals.All };
        sample.ResponseTime.Add(0.1, 3);
        var writer = new PutMetricDataWriter("Test", [new("ServiceName", serviceName)], 1);
        writer.Begin();
        Assert.True(writer.TryAdd(sample));
        var body = writer.End().ToArray();
        if (!isGzip)
        {
            return body;
        }

        using var compressor = new BodyCompressor();

        // White space makes it long enough to be compressed.
        var compressed = compressor.Compress(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body) + new string(' ', BodyCompressor.MinimumSize)), out var isCompressed);
        Assert.True(isCompressed);
        return compressed.ToArray();
    }
}
