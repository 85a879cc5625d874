using System.Net;
using Amazon;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

/// <summary>The host of an endpoint as it is looked up, sent and signed.</summary>
public class EndpointHostTests
{
    [Theory]
    [InlineData("mönitoring.example", "xn--mnitoring-07a.example")]
    [InlineData("VPCE-1.monitoring.eu-west-1.vpce.amazonaws.com", "vpce-1.monitoring.eu-west-1.vpce.amazonaws.com")]
    public void A_name_is_looked_up_sent_and_signed_in_its_ASCII_form(string host, string ascii)
    {
        string? lookedUp = null;
        var network = new Network
        {
            Lookup = new HostLookup(name =>
            {
                lookedUp = name;
                return [IPAddress.Loopback];
            }),
        };
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var client = new PutMetricDataClient(new Uri($"http://{host}:{server.Port}/prefix/"), RegionEndpoint.EUWest1, network);

        Assert.Equal(SendOutcome.Accepted, client.Send("{}"u8, false, TestAws.Credentials, Calls.Ample).Outcome);

        var request = Assert.Single(server.Requests);
        Assert.Equal(ascii, lookedUp);
        Assert.Equal("POST /prefix/ HTTP/1.1", request.Line);
        Assert.Equal($"{ascii}:{server.Port}", request.Headers["Host"]);
        Assert.Contains("/eu-west-1/monitoring/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.True(request.IsSignedWith(TestAws.SecretAccessKey));
    }
}
