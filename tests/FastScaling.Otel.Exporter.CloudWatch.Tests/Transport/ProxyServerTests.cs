using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class ProxyServerTests
{
    [Theory]
    [InlineData("http://proxy.example:3128", "proxy.example", 3128)]
    [InlineData("http://proxy.example:3128/", "proxy.example", 3128)]
    [InlineData("proxy.example:3128", "proxy.example", 3128)]
    [InlineData("http://proxy.example", "proxy.example", 80)]
    [InlineData("10.0.0.1:8080", "10.0.0.1", 8080)]
    [InlineData("http://[::1]:8080", "::1", 8080)]
    [InlineData("http://pröxy.example:1", "xn--prxy-6qa.example", 1)]
    public void Its_URL_gives_host_and_port(string url, string host, int port)
    {
        var proxy = ProxyServer.TryParse(url)!;

        Assert.Equal((host, port, ""), (proxy.Host, proxy.Port, proxy.AuthorizationHeader));
    }

    [Theory]
    [InlineData("user:pass@proxy:1", "dXNlcjpwYXNz")]
    [InlineData("http://user:p%40ss%3Aw%C3%B6rd@proxy:1", "dXNlcjpwQHNzOnfDtnJk")]
    [InlineData("http://user@proxy:1", "dXNlcjo=")]
    public void Credentials_are_sent_decoded_and_shown_nowhere(string url, string basic)
    {
        var proxy = ProxyServer.TryParse(url)!;

        Assert.Equal($"Proxy-Authorization: Basic {basic}\r\n", proxy.AuthorizationHeader);
        Assert.Equal("proxy:1", $"{proxy}");
        Assert.Equal("proxy:1", proxy.Authority);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://proxy.example:3128")]
    [InlineData("socks5://proxy.example:1080")]
    [InlineData("http://")]
    [InlineData("http://proxy:1/path")]
    [InlineData("http://proxy:1?query")]
    [InlineData("http://proxy:99999")]
    [InlineData("http://user:a%0D%0AEvil: x@proxy:1")]
    [InlineData("a b")]
    public void What_is_no_http_URL_of_a_proxy_is_none(string url) => Assert.Null(ProxyServer.TryParse(url));

    [Theory]
    [InlineData("host.example", "CONNECT host.example:443 HTTP/1.1\r\nHost: host.example:443\r\n\r\n")]
    [InlineData("2001:db8::1", "CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n")]
    public void The_tunnel_is_asked_for_by_host_and_port(string host, string head) =>
        Assert.Equal(head, ProxyServer.TryParse("proxy:1")!.ConnectHead(host, 443));
}
