using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class ProxySettingsTests
{
    private const string CloudWatch = "https://monitoring.eu-west-1.amazonaws.com/";

    [Theory]
    [InlineData(CloudWatch, "secure:1")]
    [InlineData("http://plain.example/", "plain:1")]
    [InlineData("http://localhost:4566/", null)]
    [InlineData("https://127.0.0.1:8443/", null)]
    [InlineData("http://[::1]/", null)]
    public void The_scheme_says_which_variable_counts_and_loopback_is_exempt(string origin, string? proxy) =>
        Assert.Equal(proxy, For(origin, ("HTTPS_PROXY", "http://secure:1"), ("HTTP_PROXY", "plain:1")));

    [Fact]
    public void Small_letters_come_first_and_ALL_PROXY_last()
    {
        Assert.Equal("small:1", For(CloudWatch, ("HTTPS_PROXY", "large:1"), ("https_proxy", "small:1"), ("ALL_PROXY", "all:1")));
        Assert.Equal("large:1", For(CloudWatch, ("HTTPS_PROXY", "large:1"), ("https_proxy", " "), ("ALL_PROXY", "all:1")));
        Assert.Equal("all:1", For(CloudWatch, ("ALL_PROXY", "all:1"), ("HTTP_PROXY", "plain:1")));
        Assert.Equal("all:1", For("http://x.example/", ("all_proxy", "all:1"), ("HTTPS_PROXY", "secure:1")));
        Assert.Null(For(CloudWatch, ("HTTP_PROXY", "plain:1")));
        Assert.Null(For(CloudWatch));
    }

    [Fact]
    public void A_request_to_a_CGI_process_cannot_name_the_proxy()
    {
        Assert.Null(For("http://x.example/", ("HTTP_PROXY", "evil:1"), ("GATEWAY_INTERFACE", "CGI/1.1")));
        Assert.Equal("good:1", For("http://x.example/", ("HTTP_PROXY", "evil:1"), ("http_proxy", "good:1"), ("GATEWAY_INTERFACE", "CGI/1.1")));
    }

    [Fact]
    public void The_proxy_of_the_options_is_for_everything()
    {
        var proxies = ProxySettings.Of(new Uri("http://fixed:1"));

        Assert.Equal("fixed:1", proxies.For(new Uri(CloudWatch))?.Authority);
        Assert.Equal("fixed:1", proxies.For(new Uri("http://localhost/"))?.Authority);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("amazonaws.com", true)]
    [InlineData(".amazonaws.com", true)]
    [InlineData("*.amazonaws.com", true)]
    [InlineData("AmazonAWS.com.", true)]
    [InlineData("monitoring.eu-west-1.amazonaws.com", true)]
    [InlineData("other.example, amazonaws.com", true)]
    [InlineData("other.example amazonaws.com", true)]
    [InlineData("amazonaws.com:443", true)]
    [InlineData("amazonaws.com:8443", false)]
    [InlineData("aws.com", false)]
    [InlineData("x.monitoring.eu-west-1.amazonaws.com", false)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(" , ,", false)]
    [InlineData(".", false)]
    [InlineData("*.", false)]
    [InlineData("[", false)]
    [InlineData("", false)]
    public void NO_PROXY_exempts_names_and_all_that_end_in_them(string list, bool isExempt) =>
        Assert.Equal(isExempt ? null : "proxy:1", For(CloudWatch, ("HTTPS_PROXY", "proxy:1"), ("NO_PROXY", list)));

    [Theory]
    [InlineData("https://10.1.2.3/", "10.0.0.0/8", true)]
    [InlineData("https://10.1.2.3/", "10.9.9.9/8", true)]
    [InlineData("https://11.1.2.3/", "10.0.0.0/8", false)]
    [InlineData("https://10.1.2.3/", "10.1.2.3", true)]
    [InlineData("https://10.1.2.3/", "10.1.2.3:443", true)]
    [InlineData("https://10.1.2.3/", "10.1.2.3:80", false)]
    [InlineData("https://10.1.2.3/", "2.3", false)]
    [InlineData("https://10.1.2.3/", "0.0.0.0/0", true)]
    [InlineData("https://10.1.2.3/", "10.0.0.0/33", false)]
    [InlineData("https://10.1.2.3/", "10.0.0.0/x", false)]
    [InlineData("https://[2001:db8::5]/", "2001:db8::/32", true)]
    [InlineData("https://[2001:db9::5]/", "2001:db8::/32", false)]
    [InlineData("https://[2001:db8::5]/", "2001:db8::5", true)]
    [InlineData("https://[2001:db8::5]/", "[2001:db8::5]", true)]
    [InlineData("https://[2001:db8::5]:8443/", "[2001:DB8:0::5]:8443", true)]
    [InlineData("https://[2001:db8::5]/", "[2001:db8::5]:8443", false)]
    [InlineData("https://[::ffff:10.1.2.3]/", "10.0.0.0/8", true)]
    public void NO_PROXY_exempts_addresses_and_ranges(string origin, string list, bool isExempt) =>
        Assert.Equal(isExempt ? null : "proxy:1", For(origin, ("HTTPS_PROXY", "proxy:1"), ("no_proxy", list)));

    [Fact]
    public void No_list_makes_it_fail() => CsCheck.Check.Sample(
        CsCheck.Gen.OneOf(CsCheck.Gen.String, CsCheck.Gen.String["0123456789.:/[]*, abc"]),
        list =>
        {
            var all = list.Split([',', ' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Contains("*");
            Assert.True(!all || new ProxyExemptions(list).Contain("host.example", 443));
            _ = new ProxyExemptions(list).Contain("10.0.0.1", 443);
        });

    private static string? For(string origin, params (string Name, string Value)[] environment) =>
        ProxySettings.OfEnvironment(environment.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault)
            .For(new Uri(origin))?.Authority;
}
