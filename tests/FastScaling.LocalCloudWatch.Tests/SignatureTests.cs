using System.Text;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class SignatureTests
{
    private static readonly SigV4 Right = new();

    public static TheoryData<Wire, bool, bool, bool> RightWays()
    {
        var ways = new TheoryData<Wire, bool, bool, bool>();
        foreach (var wire in Enum.GetValues<Wire>())
        {
            for (var i = 0; i < 8; i++)
            {
                ways.Add(wire, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(RightWays))]
    public async Task A_right_signature_is_accepted(Wire wire, bool gzip, bool token, bool bodyHash)
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, new SigV4 { SessionToken = token ? "FwoGZXIvYXdz//a+b=" : null, AddBodyHash = bodyHash }, wire, gzip: gzip);

        Assert.True(reply.IsOk, reply.Message);
        Assert.Single(local.Server.GetSeries());
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task A_body_that_was_changed_on_the_way_is_refused(Wire wire)
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, Right, wire, tamper: true);
        var hashed = await SendAsync(local, new SigV4 { AddBodyHash = true }, wire, tamper: true);

        Assert.Equal((403, "SignatureDoesNotMatch"), ((int)reply.Status, reply.Code));
        Assert.Equal((403, "SignatureDoesNotMatch"), ((int)hashed.Status, hashed.Code));
        Assert.Contains("x-amz-content-sha256", hashed.Message, StringComparison.Ordinal);
        Assert.Empty(local.Server.GetSeries());
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, new SigV4 { Secret = "another" }, Wire.Json);

        Assert.Equal((403, "SignatureDoesNotMatch"), ((int)reply.Status, reply.Code));
        Assert.Contains("does not match the signature you provided", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_access_key_is_refused()
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, new SigV4 { AccessKeyId = "AKIDOTHER" }, Wire.Query);

        Assert.Equal((403, "InvalidClientTokenId"), ((int)reply.Status, reply.Code));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_clock_may_be_five_minutes_off(int seconds, bool accepted)
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, Right, Wire.Json, TestClock.Noon.AddSeconds(seconds));

        Assert.Equal(accepted ? null : "SignatureDoesNotMatch", reply.Code);
        Assert.Equal(accepted ? null : seconds < 0 ? "Signature expired" : "Signature not yet current", reply.Message?.Split(':')[0]);
    }

    [Fact]
    public async Task A_token_that_is_not_signed_is_refused()
    {
        await using var local = await StartAsync();

        var reply = await SendAsync(local, new SigV4 { SessionToken = "token", SignToken = false }, Wire.Json);

        Assert.Equal("SignatureDoesNotMatch", reply.Code);
        Assert.Contains("X-Amz-Security-Token", reply.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_header_that_was_changed_on_the_way_is_refused()
    {
        await using var local = await StartAsync();
        var body = Encoding.UTF8.GetBytes(Data.Put(Data.Datum()).ToJsonString());
        var request = Local.Request(Wire.Json, "PutMetricData", body);
        Right.Sign(request, local.Server.Endpoint, body, TestClock.Noon);
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", "GraniteServiceVersion20100801.ListMetrics");

        Assert.Equal("SignatureDoesNotMatch", (await local.SendAsync(request)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_scope_of_another_service_is_refused(bool verify)
    {
        await using var local = verify ? await StartAsync() : await Local.StartAsync();

        var reply = await SendAsync(local, new SigV4 { Service = "logs" }, Wire.Json);

        Assert.Equal((403, "SignatureDoesNotMatch"), ((int)reply.Status, reply.Code));
        Assert.Contains("'monitoring'", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 403, "MissingAuthenticationToken")]
    [InlineData("Bearer abc", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 nonsense", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring, SignedHeaders=host, Signature=SIG", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws4_request, SignedHeaders=host, Signature=abc", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws4_request, SignedHeaders=x-amz-date, Signature=SIG", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws4_request, Signature=SIG", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws4_request, SignedHeaders=host", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws5_request, SignedHeaders=host, Signature=SIG", 403, "SignatureDoesNotMatch")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261123/r/monitoring/aws4_request,SignedHeaders=host,Signature=SIG", 200, null)]
    public async Task Without_secrets_the_shape_of_the_header_is_checked(string? header, int status, string? code)
    {
        await using var local = await Local.StartAsync();
        foreach (var wire in Enum.GetValues<Wire>())
        {
            var put = Data.Put(Data.Datum());
            var request = Local.Request(wire, "PutMetricData", Local.Body(wire, "PutMetricData", put));
            request.Headers.Remove("Authorization");
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", header.Replace("SIG", new string('0', 64), StringComparison.Ordinal));
            }

            var reply = await local.SendAsync(request);

            Assert.Equal((status, code), ((int)reply.Status, reply.Code));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-23T12:00:00Z")]
    [InlineData("20261123")]
    public async Task A_request_without_its_date_is_incomplete(string date)
    {
        await using var local = await Local.StartAsync();
        var request = Local.Request(Wire.Json, "ListMetrics", "{}"u8.ToArray());
        request.Headers.Remove("X-Amz-Date");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date);

        Assert.Equal("IncompleteSignature", (await local.SendAsync(request)).Code);
    }

    private static Task<Local> StartAsync() => Local.StartAsync(options => options.SecretAccessKeys.Add(Right.AccessKeyId, Right.Secret));

    private static async Task<Reply> SendAsync(Local local, SigV4 signer, Wire wire, DateTimeOffset? time = null, bool gzip = false, bool tamper = false)
    {
        var put = Data.Put(Data.Datum());
        var body = Local.Body(wire, "PutMetricData", put);
        body = gzip ? Local.Gzip(body) : body;
        var sent = (byte[])body.Clone();
        if (tamper)
        {
            sent[^2] ^= 1;
        }

        var request = Local.Request(wire, "PutMetricData", sent, gzip);
        signer.Sign(request, local.Server.Endpoint, body, time ?? TestClock.Noon);
        return await local.SendAsync(request);
    }
}
