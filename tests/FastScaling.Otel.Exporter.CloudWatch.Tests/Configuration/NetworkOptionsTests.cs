using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Configuration;

public sealed class NetworkOptionsTests : IDisposable
{
    private const string Prefix = "FastScaling CloudWatch exporter: ";

    private readonly string _folder = Directory.CreateTempSubdirectory("fast-scaling-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http://collector.example/", false)]
    [InlineData("http://10.0.0.1:4566/", false)]
    [InlineData("http://localhost.example/", false)]
    [InlineData("http://localhost:4566/", true)]
    [InlineData("http://127.9.9.9/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("https://collector.example/path", true)]
    public void Plain_http_goes_to_loopback_alone_unless_it_is_allowed(string endpoint, bool isAllowed)
    {
        foreach (var errors in (List<string>[])
        [
            Errors(options => options.Endpoint = new Uri(endpoint)),
            Errors(_ => { }, ("AWS_ENDPOINT_URL", endpoint)),
            Errors(_ => { }, ("AWS_ENDPOINT_URL_CLOUDWATCH", endpoint)),
        ])
        {
            Assert.Equal(isAllowed, errors.Count == 0);
            Assert.All(errors, error =>
            {
                Assert.Contains($"'{endpoint}'", error, StringComparison.Ordinal);
                Assert.Contains("AllowInsecureEndpoint", error, StringComparison.Ordinal);
            });
        }

        Assert.Empty(Errors(options => (options.Endpoint, options.AllowInsecureEndpoint) = (new Uri(endpoint), true)));
        Assert.Empty(Errors(options => options.AllowInsecureEndpoint = true, ("AWS_ENDPOINT_URL", endpoint)));
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT")]
    public void A_variant_of_the_endpoint_is_true_or_false_and_not_beside_an_endpoint(string variable)
    {
        Assert.Empty(Errors(_ => { }, (variable, "TRUE")));
        Assert.Empty(Errors(_ => { }, (variable, "false"), ("AWS_ENDPOINT_URL", "https://x")));
        Assert.StartsWith($"{Prefix}{variable}: 'yes' is not allowed; allowed are true and false", Assert.Single(Errors(_ => { }, (variable, "yes"))), StringComparison.Ordinal);
        var error = Assert.Single(Errors(_ => { }, (variable, "true"), ("AWS_ENDPOINT_URL", "https://x")));
        Assert.StartsWith($"{Prefix}{variable}: 'true'", error, StringComparison.Ordinal);
        Assert.Contains("AWS_ENDPOINT_URL", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_come_before_the_variables_for_variants_too()
    {
        Assert.Empty(Errors(
            options => (options.UseFipsEndpoint, options.UseDualStackEndpoint, options.Endpoint) = (false, false, new Uri("https://x")),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "nonsense")));
        Assert.StartsWith(
            $"{Prefix}UseFipsEndpoint: 'true' is not allowed together with an endpoint, which Endpoint sets",
            Assert.Single(Errors(options => (options.UseFipsEndpoint, options.Endpoint) = (true, new Uri("https://x")))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks5://user:SECRET@proxy:1080", "'(hidden)@proxy:1080'")]
    [InlineData("https://proxy:1", "'https://proxy:1'")]
    [InlineData("http://proxy:1/path", "'http://proxy:1/path'")]
    public void A_proxy_that_cannot_be_used_is_an_error_without_its_credentials(string proxy, string shown)
    {
        var ofOption = Assert.Single(Errors(options => options.Proxy = new Uri(proxy)));
        var ofVariable = Assert.Single(Errors(_ => { }, ("HTTPS_PROXY", proxy)));

        Assert.StartsWith($"{Prefix}Proxy: {shown} is not allowed; allowed is an http URL", ofOption, StringComparison.Ordinal);
        Assert.StartsWith($"{Prefix}HTTPS_PROXY: {shown} is not allowed; allowed is an http URL", ofVariable, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", ofOption + ofVariable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_variable_that_is_not_used_is_no_error()
    {
        Assert.Empty(Errors(_ => { }, ("HTTPS_PROXY", "socks5://x:1"), ("NO_PROXY", "amazonaws.com")));
        Assert.Empty(Errors(options => options.Endpoint = new Uri("http://localhost/"), ("HTTP_PROXY", "socks5://x:1")));
        Assert.Empty(Errors(_ => { }, ("HTTP_PROXY", "socks5://x:1")));
        Assert.Empty(Errors(options => options.Proxy = new Uri("http://good:1"), ("HTTPS_PROXY", "socks5://x:1")));
    }

    [Fact]
    public void A_file_of_authorities_must_be_there_and_hold_certificates()
    {
        var missing = Path.Combine(_folder, "missing.pem");
        var empty = Write("empty.pem", "");
        var text = Write("text.pem", "no certificate");
        var broken = Write("broken.pem", "-----BEGIN CERTIFICATE-----\nTm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");
        foreach (var (path, because) in ((string, string)[])[(missing, "cannot be read"), (_folder, "cannot be read"), (empty, "no certificate"), (text, "no certificate"), (broken, "broken")])
        {
            var ofOption = Assert.Single(Errors(options => options.CertificateAuthorityFile = path));
            var ofVariable = Assert.Single(Errors(_ => { }, ("AWS_CA_BUNDLE", path)));

            Assert.StartsWith($"{Prefix}CertificateAuthorityFile: '", ofOption, StringComparison.Ordinal);
            Assert.StartsWith($"{Prefix}AWS_CA_BUNDLE: '", ofVariable, StringComparison.Ordinal);
            Assert.All([ofOption, ofVariable], error =>
            {
                Assert.Contains(because, error, StringComparison.Ordinal);
                Assert.Contains("PEM", error, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void The_authorities_of_the_file_are_trusted_in_place_of_those_of_the_system()
    {
        using var first = new TestCertificates();
        using var second = new TestCertificates();
        using var foreign = new TestCertificates();
        var file = Write("both.pem", string.Join('\n', first.Roots.Concat(second.Roots).Select(root => root.ExportCertificatePem())));
        Assert.Empty(Errors(options => options.CertificateAuthorityFile = file, ("AWS_CA_BUNDLE", "not read")));

        foreach (var network in (Network[])
        [
            Network.Of(TestAws.Settings(options => options.CertificateAuthorityFile = file), TestAws.Environment(), null),
            Network.Of(TestAws.Settings(), TestAws.Environment(("AWS_CA_BUNDLE", file)), null),
        ])
        {
            // Exactly these: what the system trusts is not added.
            Assert.Equal(2, network.TrustedRoots!.Count);
            Assert.True(IsTrusted(first, network));
            Assert.True(IsTrusted(second, network));
            Assert.False(IsTrusted(foreign, network));
        }

        Assert.Null(Network.Of(TestAws.Settings(), TestAws.Environment(), null).TrustedRoots);
    }

    private static bool IsTrusted(TestCertificates authority, Network network)
    {
        using var certificate = authority.For("localhost");
        using var server = new ScriptedServer(connection =>
        {
            connection.AuthenticateAsServer(certificate);
            Scripts.Answer(200, "ok")(connection);
        });
        using var client = new HttpConnection(new Uri($"https://localhost:{server.Port}/"), network);
        try
        {
            return client.Post("x").Status == 200;
        }
        catch (TransportException exception)
        {
            Assert.False(exception.WasSent);
            return false;
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static List<string> Errors(Action<FastScalingCloudWatchExporterOptions> configure, params (string, string)[] environment)
    {
        var options = new FastScalingCloudWatchExporterOptions();
        configure(options);
        return [.. new OptionsValidator(TestAws.Environment(environment)).Validate(null, options).Failures ?? []];
    }
}
