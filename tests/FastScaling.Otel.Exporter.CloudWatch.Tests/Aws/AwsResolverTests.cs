using System.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public sealed class AwsResolverTests : IDisposable
{
    private const string Good = """{"AccessKeyId":"FIRST","SecretAccessKey":"x"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CapturingLogger _logger = new();
    private readonly SemaphoreSlim _ready = new(0);
    private AwsResolver? _resolver;

    public void Dispose() => _resolver?.Stop();

    [Fact]
    public void It_tells_once_when_destination_and_credentials_are_known()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Good));
        var resolver = Start(server.Uri);

        Assert.True(_ready.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal("FIRST", resolver.Credentials!.GetCredentials().AccessKey);
        Assert.Equal("eu-west-1", resolver.Destination!.Region.SystemName);
        Assert.False(resolver.HasFailed);

        for (var i = 0; i < 3; i++)
        {
            server.WaitForRequest();
            resolver.Renew();
        }

        server.WaitForRequest();
        Assert.Equal(0, _ready.CurrentCount);
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void It_waits_for_the_resource_of_the_application()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Good));
        ServiceIdentity? identity = null;
        var asked = new SemaphoreSlim(0);
        var resolver = Start(server.Uri, () =>
        {
            asked.Release();
            return Volatile.Read(ref identity);
        });
        for (var i = 0; i < 3; i++)
        {
            Assert.True(asked.Wait(Patience, TestContext.Current.CancellationToken));
        }

        Assert.Null(resolver.Destination);
        Assert.Equal(0, server.Connections);
        Volatile.Write(ref identity, new ServiceIdentity("late", "App"));

        Assert.True(_ready.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal([new("ServiceName", "late")], resolver.Destination!.Dimensions);
        Assert.False(resolver.HasFailed);
    }

    [Fact]
    public void It_becomes_ready_by_itself_when_credentials_appear()
    {
        using var server = new ScriptedServer(
            connection => connection.ReadRequest(),
            Scripts.Answer(500),
            Scripts.Answer(200, Good));
        var clock = Stopwatch.StartNew();
        var resolver = Start(server.Uri);

        Assert.True(_ready.Wait(Patience, TestContext.Current.CancellationToken));

        // Retries after 1 s and 2 s.
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(2.9), $"Ready after {clock.Elapsed}: the look-up was repeated too fast.");
        Assert.True(resolver.HasFailed);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(1, _logger.CountOf(9));
    }

    [Fact]
    public void Renewals_that_fail_keep_the_old_credentials_until_one_works()
    {
        var answer = Good;
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(Volatile.Read(ref answer).Length == 0 ? 500 : 200, Volatile.Read(ref answer));
        });
        var resolver = Start(server.Uri);
        Assert.True(_ready.Wait(Patience, TestContext.Current.CancellationToken));
        server.WaitForRequest();

        foreach (var bad in (string[])["", "garbage", "{}"])
        {
            Volatile.Write(ref answer, bad);
            resolver.Renew();
            server.WaitForRequest();
            Assert.Equal("FIRST", resolver.Credentials!.GetCredentials().AccessKey);
        }

        Volatile.Write(ref answer, Good.Replace("FIRST", "SECOND", StringComparison.Ordinal));
        resolver.Renew();
        Assert.True(SpinWait.SpinUntil(() => resolver.Credentials!.GetCredentials().AccessKey == "SECOND", Patience));
        Assert.Equal(0, _ready.CurrentCount);
        Assert.Equal(1, _logger.CountOf(10));
        Assert.Equal(0, _logger.CountOf(9));
    }

    [Fact]
    public void An_endpoint_that_hangs_blocks_nobody_and_stopping_is_immediate()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);
        var resolver = Start(server.Uri);
        server.WaitForRequest();
        var clock = Stopwatch.StartNew();

        Assert.Null(resolver.Credentials);
        Assert.NotNull(resolver.Destination);
        resolver.Renew();
        resolver.Stop();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.5), $"It took {clock.Elapsed}, as long as the look-up may.");
    }

    [Fact]
    public void Nothing_is_looked_up_after_stopping()
    {
        using var server = new ScriptedServer(Scripts.Answer(500));
        var resolver = Start(server.Uri);
        server.WaitForRequest();

        resolver.Stop();

        // The retry would come after a second.
        Assert.False(SpinWait.SpinUntil(() => server.Connections > 1, TimeSpan.FromSeconds(1.5)));
        Assert.Equal(0, _ready.CurrentCount);
    }

    [Fact]
    public void A_callback_that_throws_is_not_called_again_and_stops_nothing()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Good));
        var calls = 0;
        var resolver = Start(server.Uri, onReady: () =>
        {
            calls++;
            throw new InvalidOperationException("callback");
        });
        server.WaitForRequest();
        resolver.Renew();
        server.WaitForRequest();
        resolver.Renew();
        server.WaitForRequest();

        Assert.Equal(1, calls);
        Assert.NotNull(resolver.Credentials);
    }

    [Fact]
    public void It_asks_ECS_about_the_clock_once_the_credentials_are_known()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, Good));
        using var metadata = new ScriptedServer(Scripts.Answer(200, """{"Cluster":"c","ClockDrift":{"ClockErrorBound":9000,"ClockSynchronizationStatus":"SYNCHRONIZED"}}"""));
        var clock = new TaskClock(metadata.Uri + "v4/abc", _logger);
        var resolver = Start(server.Uri, taskClock: clock);

        metadata.WaitForRequest();
        Assert.True(SpinWait.SpinUntil(() => _logger.CountOf(64) == 1, Patience));
        Assert.NotNull(resolver.Credentials);

        // Looking the credentials up again asks for nothing else.
        server.WaitForRequest();
        resolver.Renew();
        server.WaitForRequest();
        resolver.Renew();
        server.WaitForRequest();
        Assert.Single(metadata.Requests);
    }

    private AwsResolver Start(Uri credentials, Func<ServiceIdentity?>? identity = null, Action? onReady = null, TaskClock? taskClock = null)
    {
        var environment = TestAws.Environment(("AWS_REGION", "eu-west-1"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", credentials.ToString()));
        _resolver = new AwsResolver(
            new DestinationSource(TestAws.Settings(), environment, identity ?? (() => new ServiceIdentity("test", "App"))),
            new CredentialSource(null, environment, TimeProvider.System),
            onReady ?? (() => _ready.Release()),
            TimeProvider.System,
            _logger,
            taskClock);
        _resolver.Start();
        return _resolver;
    }
}
