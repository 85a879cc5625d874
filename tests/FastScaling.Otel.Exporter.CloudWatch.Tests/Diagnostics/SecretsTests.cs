using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public class SecretsTests
{
    private const string Secret = "SECRETwJalrXUtnFEMI/K7MDENG";
    private const string Token = "TOKENIQoJb3JpZ2luX2VjEPT";

    [Fact]
    public async Task A_pipeline_that_works_tells_no_secret()
    {
        var options = new LocalCloudWatchOptions();
        options.SecretAccessKeys["AKID"] = Secret;
        await using var server = await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken);

        var told = Run(server.Endpoint, new SessionAWSCredentials("AKID", Secret, Token), _ => server.AcceptedCalls > 0);

        Assert.Contains(told, line => line.Contains("Publishing", StringComparison.Ordinal));
        HasNoSecret(told);
    }

    [Fact]
    public async Task A_pipeline_with_a_wrong_secret_tells_no_secret()
    {
        var options = new LocalCloudWatchOptions();
        options.SecretAccessKeys["AKID"] = "right";
        await using var server = await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken);

        var told = Run(server.Endpoint, new SessionAWSCredentials("AKID", Secret, Token), HasFailed);

        Assert.Contains(told, line => line.Contains("status 403 SignatureDoesNotMatch", StringComparison.Ordinal));
        HasNoSecret(told);
    }

    [Fact]
    public void A_server_that_sends_the_request_back_makes_the_pipeline_tell_no_secret()
    {
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                var authorization = connection.ReadRequest().Headers["Authorization"];
                connection.Reply(
                    400,
                    $$"""{"__type":"{{authorization}}","message":"{{authorization}} {{Secret}} {{Token}}"}""",
                    $"x-amzn-query-error: {authorization};Sender");
            }
        });

        var told = Run(server.Uri, new SessionAWSCredentials("AKID", Secret, Token), HasFailed);

        Assert.Contains(told, line => line.Contains("status 400", StringComparison.Ordinal));
        HasNoSecret(told);
    }

    [Theory]
    [InlineData(403, "AccessDenied", 20)]
    [InlineData(403, "UnrecognizedClientException", 21)]
    [InlineData(400, "InvalidParameterValue", 22)]
    [InlineData(413, "x", 23)]
    public void A_server_that_sends_the_request_back_in_its_errors_makes_the_pipeline_tell_no_secret(int status, string code, int id)
    {
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                var authorization = connection.ReadRequest().Headers["Authorization"];
                connection.Reply(
                    status,
                    $$"""{"__type":"{{code}}","message":"{{authorization}} {{Secret}} {{Token}}"}""",
                    $"x-amzn-RequestId: {authorization}\r\nx-amzn-query-error: {code};{authorization}");
            }
        });

        var told = Run(server.Uri, new SessionAWSCredentials("AKID", Secret, Token), logger => logger.CountOf(id) > 0);

        HasNoSecret(told);
    }

    [Fact]
    public void A_pipeline_whose_server_is_gone_tells_no_secret()
    {
        var told = Run(new Uri("http://127.0.0.1:1/"), new SessionAWSCredentials("AKID", Secret, Token), HasFailed);

        Assert.Contains(told, line => line.Contains("127.0.0.1:1", StringComparison.Ordinal));
        HasNoSecret(told);
    }

    [Theory]
    [InlineData(200, """{"AccessKeyId":"AKID","SecretAccessKey":"SECRETwJalrXUtnFEMI/K7MDENG","Token":"TOKENIQoJb3JpZ2luX2VjEPT" broken""")]
    [InlineData(200, """{"SecretAccessKey":"SECRETwJalrXUtnFEMI/K7MDENG","Token":"TOKENIQoJb3JpZ2luX2VjEPT"}""")]
    [InlineData(403, "SECRETwJalrXUtnFEMI/K7MDENG TOKENIQoJb3JpZ2luX2VjEPT")]
    public void A_look_up_that_fails_tells_no_secret(int status, string document)
    {
        using var server = new ScriptedServer(Scripts.Answer(status, document));
        using var events = new CapturedEvents();
        var settings = TestAws.Settings(options => options.Endpoint = server.Uri);
        using var harness = new SendingHarness(
            server.Uri,
            TestAws.Environment(
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.Uri.ToString()),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", Token)),
            settings);

        harness.Resolver.Start();
        Assert.True(SpinWait.SpinUntil(() => harness.Logger.CountOf(9) > 0, TimeSpan.FromSeconds(30)), "The failure was not told.");

        Assert.Equal(Token, server.Requests[0].Headers["Authorization"]);
        HasNoSecret([.. harness.Logger.Lines.Select(line => line.Text), .. events.Lines]);
    }

    // That calls fail, or that what they carry is refused.
    private static bool HasFailed(CapturingLogger logger) => logger.CountOf(5) + logger.CountOf(6) + logger.CountOf(20) + logger.CountOf(21) + logger.CountOf(22) > 0;

    private static void HasNoSecret(IEnumerable<string> told)
    {
        Assert.All(told, line =>
        {
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Token, line, StringComparison.Ordinal);
            Assert.DoesNotContain("Signature=", line, StringComparison.Ordinal);
        });
    }

    /// <summary>Runs a pipeline until it has sent once.</summary>
    /// <returns>All that it told: the log and the events.</returns>
    private static List<string> Run(Uri endpoint, AWSCredentials credentials, Func<CapturingLogger, bool> isDone)
    {
        var logger = new CapturingLogger();
        using var events = new CapturedEvents();
        using (var provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logger)))
            .AddFastScalingCloudWatchExporter(options =>
            {
                options.Endpoint = endpoint;
                options.Region = "eu-central-1";
                options.Credentials = credentials;
                options.WarmUp = TimeSpan.Zero;
                options.Dimensions["ServiceName"] = "secrets";
            })
            .Build())
        {
            // The first second ends within a second; what is pending then is sent by a flush.
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    provider.FlushFastScalingSignals();
                    return isDone(logger);
                },
                TimeSpan.FromSeconds(30)));
        }

        return [.. logger.Lines.Select(line => line.Text), .. events.Lines];
    }
}
