using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class ContainerCredentialsTests
{
    private const string FullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string RelativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private const string Document = """{"RoleArn":"r","AccessKeyId":"AKID","SecretAccessKey":"secret","Token":"token","Expiration":"2026-11-23T15:00:00Z"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_document_of_ECS_is_read()
    {
        var snapshot = Parse(Document);

        var credentials = snapshot.Credentials.GetCredentials();
        Assert.Equal(("AKID", "secret", "token"), (credentials.AccessKey, credentials.SecretKey, credentials.Token));
        Assert.Equal(TimeSpan.FromMinutes(50), snapshot.RefreshAfter);
        Assert.DoesNotContain("secret", snapshot.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23T20:00:00Z", 350 * 60)]
    [InlineData("2026-11-23T15:00:00+01:00", 30)]
    [InlineData("2026-11-23T16:00:00+01:00", 50 * 60)]
    [InlineData("2026-11-23T14:00:00", 30)]
    [InlineData("2026-11-23T14:10:29Z", 30)]
    [InlineData("2026-11-23T14:10:31Z", 31)]
    [InlineData("2020-01-01T00:00:00Z", 30)]
    [InlineData("0001-01-01T00:00:00Z", 30)]
    [InlineData("0001-01-01T00:05:00Z", 30)]
    public void They_are_renewed_ten_minutes_ahead_but_not_before_half_a_minute(string expiration, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(WithExpiration(expiration)).RefreshAfter);

    [Fact]
    public void The_latest_expiration_that_can_be_written_throws_nothing() =>
        Assert.InRange(Parse(WithExpiration("9999-12-31T23:59:59Z")).RefreshAfter!.Value, TimeSpan.FromDays(365 * 7000), TimeSpan.MaxValue);

    [Theory]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"b"}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"b","Token":"","Expiration":""}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"b","Token":null,"Expiration":"soon"}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"b","Expiration":123}""")]
    public void Without_an_expiration_they_are_kept(string document)
    {
        var snapshot = Parse(document);

        Assert.Null(snapshot.RefreshAfter);
        Assert.Equal(string.Empty, snapshot.Credentials.GetCredentials().Token ?? string.Empty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    [InlineData("""{"code":"NoCredentials","message":"no"}""")]
    [InlineData("""{"AccessKeyId":"a"}""")]
    [InlineData("""{"SecretAccessKey":"a"}""")]
    [InlineData("""{"AccessKeyId":"","SecretAccessKey":"b"}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":""}""")]
    [InlineData("""{"AccessKeyId":1,"SecretAccessKey":"b"}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"b"} trailing""")]
    [InlineData("""{"AccessKeyId":"\ud800","SecretAccessKey":"b"}""")]
    [InlineData("{\"AccessKeyId\":\"\xff\",\"SecretAccessKey\":\"b\"}")]
    public void A_document_without_credentials_is_a_JsonException(string document) =>
        Assert.ThrowsAny<JsonException>(() => ContainerCredentials.Parse(Encoding.Latin1.GetBytes(document), Now));

    [Fact]
    public void A_damaged_document_gives_nothing_but_a_JsonException() =>
        Gen.Select(Gen.Select(Gen.Int[0, Document.Length - 1], Gen.Byte).Array[1, 4], Gen.Int[0, Document.Length], Gen.Byte.Array[0, 20]).Sample(
            (damage, length, added) =>
            {
                var bytes = Encoding.UTF8.GetBytes(Document);
                foreach (var (position, value) in damage)
                {
                    bytes[position] = value;
                }

                foreach (var document in (byte[][])[bytes, bytes[..length], [.. bytes[..length], .. added, .. bytes[length..]]])
                {
                    try
                    {
                        Assert.InRange(ContainerCredentials.Parse(document, Now).RefreshAfter ?? TimeSpan.MaxValue, TimeSpan.FromSeconds(30), TimeSpan.MaxValue);
                    }
                    catch (JsonException)
                    {
                        // The one exception that is allowed.
                    }
                }
            },
            iter: Depth.Of(20_000),
            threads: 1);

    [Theory]
    [InlineData("http://127.0.0.1:51679/v2/credentials")]
    [InlineData("http://localhost/x")]
    [InlineData("http://[::1]/x")]
    [InlineData("http://169.254.170.2/v2/credentials/id")]
    [InlineData("http://169.254.170.23/v1/credentials")]
    [InlineData("http://[fd00:ec2::23]/v1/credentials")]
    [InlineData("https://credentials.example/x?y=z")]
    public void Full_addresses_of_ECS_EKS_loopback_or_with_TLS_are_used(string uri) =>
        Assert.Equal(new Uri(uri), ContainerCredentials.EndpointOf(TestAws.Environment((FullUri, uri))));

    [Theory]
    [InlineData("http://example.com/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://169.254.170.2.example.com/x")]
    [InlineData("http://169.254.170.2@example.com/x")]
    [InlineData("http://10.0.0.1/x")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/v2/credentials")]
    [InlineData("nonsense")]
    public void Other_full_addresses_are_refused_with_their_name(string uri)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => ContainerCredentials.EndpointOf(TestAws.Environment((FullUri, uri))));

        Assert.Contains(FullUri, failure.Message, StringComparison.Ordinal);
        Assert.Contains(uri, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_relative_address_of_ECS_comes_first()
    {
        var endpoint = ContainerCredentials.EndpointOf(TestAws.Environment((RelativeUri, "/v2/credentials/id"), (FullUri, "http://127.0.0.1/")));

        Assert.Equal(new Uri("http://169.254.170.2/v2/credentials/id"), endpoint);
        Assert.Null(ContainerCredentials.EndpointOf(TestAws.Environment()));
    }

    [Theory]
    [InlineData("@example.com/x")]
    [InlineData(".example.com/x")]
    [InlineData(":8080/x")]
    public void A_relative_address_cannot_name_another_host(string relative) =>
        Assert.Throws<InvalidOperationException>(() => ContainerCredentials.EndpointOf(TestAws.Environment((RelativeUri, relative))));

    [Fact]
    public void They_are_fetched_with_path_query_and_authorization_token()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Document));

        var snapshot = ContainerCredentials.Fetch(
            new Uri(server.Uri, "v1/credentials?id=7"),
            TestAws.Environment(("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic abc=")),
            Now);

        Assert.Equal("AKID", snapshot.Credentials.GetCredentials().AccessKey);
        var request = Assert.Single(server.Requests);
        Assert.Equal("GET /v1/credentials?id=7 HTTP/1.1", request.Line);
        Assert.Equal("Basic abc=", request.Headers["Authorization"]);
    }

    [Fact]
    public void The_token_file_comes_first_and_is_read_each_time()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Document));
        var file = Path.GetTempFileName();
        try
        {
            var environment = TestAws.Environment(
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "static"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file));
            foreach (var token in (string[])["first", "second"])
            {
                File.WriteAllText(file, $"{token}\r\n");
                ContainerCredentials.Fetch(server.Uri, environment, Now);
            }
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(["first", "second"], server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public void Without_a_token_no_authorization_is_sent()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Document));
        ContainerCredentials.Fetch(server.Uri, TestAws.Environment(), Now);

        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("a\r\nInjected: x")]
    [InlineData("a\nb")]
    public void A_token_of_several_lines_is_not_sent_and_not_told(string token)
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Document));

        var failure = Assert.Throws<InvalidOperationException>(() =>
            ContainerCredentials.Fetch(server.Uri, TestAws.Environment(("AWS_CONTAINER_AUTHORIZATION_TOKEN", token)), Now));

        Assert.DoesNotContain("Injected", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public void Another_status_is_an_IOException(int status)
    {
        using var server = new ScriptedServer(Scripts.Answer(status, Document));

        var failure = Assert.Throws<IOException>(() => ContainerCredentials.Fetch(server.Uri, TestAws.Environment(), Now));

        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_does_not_answer_is_an_IOException_after_two_seconds()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Throws<IOException>(() => ContainerCredentials.Fetch(server.Uri, TestAws.Environment(), Now));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(7));
    }

    private static CredentialSnapshot Parse(string document) => ContainerCredentials.Parse(Encoding.UTF8.GetBytes(document), Now);

    private static string WithExpiration(string expiration) =>
        $$"""{"AccessKeyId":"a","SecretAccessKey":"b","Expiration":"{{expiration}}"}""";
}
