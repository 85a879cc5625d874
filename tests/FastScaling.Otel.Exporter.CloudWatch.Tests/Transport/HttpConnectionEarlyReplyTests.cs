using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

/// <summary>A server that answers before it has read the whole request.</summary>
public sealed class HttpConnectionEarlyReplyTests : IDisposable
{
    private static readonly byte[] Large = new byte[16 * 1024 * 1024];

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void An_error_before_the_end_of_the_request_is_its_reply(bool isTls, bool isKept)
    {
        using var server = Server(isTls, connection =>
        {
            if (isKept)
            {
                connection.ReadRequest();
                connection.Reply(200, "ok");
            }

            connection.Read(new byte[1000]);

            // What has not been read makes the close a reset.
            connection.Reply(413, "too large", "Connection: close");
        });
        using var client = Client(server, isTls);
        if (isKept)
        {
            client.Post("first");
        }

        var reply = client.Post(Large);

        Assert.Equal((413, "too large", false), (reply.Status, reply.Text(), reply.KeepsConnection));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_answers_and_neither_reads_on_nor_closes_is_heard(bool isTls)
    {
        using var server = Server(isTls, connection =>
        {
            connection.Read(new byte[1000]);
            connection.Reply(413, "too large");
            connection.Hang();
        });
        using var client = Client(server, isTls);

        Assert.Equal(413, client.Post(Large, new Deadline(TimeSpan.FromSeconds(4))).Status);
    }

    [Fact]
    public void A_success_before_the_end_of_the_request_is_none()
    {
        using var server = Server(isTls: false, connection =>
        {
            connection.Read(new byte[1000]);
            connection.Reply(200, "ok", "x-amzn-RequestId: 1");
        });
        using var client = Client(server, isTls: false);

        Assert.False(Assert.Throws<TransportException>(() => client.Post(Large)).WasSent);
    }

    private ScriptedServer Server(bool isTls, Action<ServerConnection> script) => new(connection =>
    {
        if (isTls)
        {
            using var certificate = _certificates.For("localhost");
            connection.AuthenticateAsServer(certificate);
        }

        script(connection);
    });

    private HttpConnection Client(ScriptedServer server, bool isTls) =>
        new(new Uri($"{(isTls ? "https" : "http")}://localhost:{server.Port}/"), new Network { TrustedRoots = _certificates.Roots });
}
