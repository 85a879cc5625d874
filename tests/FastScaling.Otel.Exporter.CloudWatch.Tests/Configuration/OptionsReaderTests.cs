using System.Text;
using Microsoft.Extensions.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Configuration;

public class OptionsReaderTests
{
    [Fact]
    public void Every_option_but_the_credentials_is_read()
    {
        var options = Read(
            ("Enabled", "false"),
            ("Namespace", "My/Space"),
            ("Region", "eu-west-3"),
            ("Endpoint", "http://localhost:4566/path"),
            ("AllowInsecureEndpoint", "true"),
            ("UseFipsEndpoint", "true"),
            ("UseDualStackEndpoint", "False"),
            ("Proxy", "http://user:secret@proxy.example:3128"),
            ("CertificateAuthorityFile", "/etc/authorities.pem"),
            ("SampleInterval", "2"),
            ("ExportInterval", "00:00:10"),
            ("StorageResolution", "60"),
            ("Dimensions:Service Name", "shop"),
            ("Dimensions:Zone", "b"),
            ("Signals", "requestspersecond, QueueDelay"),
            ("WarmUp", "1.5"),
            ("ShutdownTimeout", "0"),
            ("ExportProviderMetrics", "true"),
            ("ProviderMetricsNamespace", "Mine/App"),
            ("ProviderMetricsTags", "http.route, kind"),
            ("MaxSeries", "50"),
            ("DurationUnit", "seconds"),
            ("PerTaskSeries", "true"),
            ("PublishingContainer", "web"),
            ("Instruments:0:Meter", "shop"),
            ("Instruments:0:Instrument", "orders.*"),
            ("Instruments:0:Tags:0", "kind"),
            ("Instruments:0:SurgeThreshold", "250.5"),
            ("Instruments:1:Meter", "other"),
            ("MaxBacklogBytes", "2097152"),
            ("MaxBacklogAge", "90"),
            ("SurgeThresholds:RequestsPerSecond", "250.5"),
            ("SurgeThresholds:queuedelay", "off"),
            ("MaxExtraCallsPerHour", "7"),
            ("QuietExportInterval", "20"),
            ("QuietBelow", "0.25"));

        Assert.Empty(options.ConfigurationErrors);
        Assert.False(options.Enabled);
        Assert.Equal("My/Space", options.Namespace);
        Assert.Equal("eu-west-3", options.Region);
        Assert.Equal(new Uri("http://localhost:4566/path"), options.Endpoint);
        Assert.Equal((true, true, false), (options.AllowInsecureEndpoint, options.UseFipsEndpoint, options.UseDualStackEndpoint));
        Assert.Equal(new Uri("http://user:secret@proxy.example:3128"), options.Proxy);
        Assert.Equal("/etc/authorities.pem", options.CertificateAuthorityFile);
        Assert.Empty(options.ConfigurationWarnings);
        Assert.Equal(TimeSpan.FromSeconds(2), options.SampleInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), options.ExportInterval);
        Assert.Equal(60, options.StorageResolution);
        Assert.Equal(new Dictionary<string, string> { ["Service Name"] = "shop", ["Zone"] = "b" }, options.Dimensions);
        Assert.Equal(ScalingSignals.RequestsPerSecond | ScalingSignals.QueueDelay, options.Signals);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.WarmUp);
        Assert.Equal(TimeSpan.Zero, options.ShutdownTimeout);
        Assert.Equal(2_097_152, options.MaxBacklogBytes);
        Assert.Equal(TimeSpan.FromSeconds(90), options.MaxBacklogAge);

        Assert.True(options.ExportProviderMetrics);
        Assert.Equal("Mine/App", options.ProviderMetricsNamespace);
        Assert.Equal(["http.route", "kind"], options.ProviderMetricsTags);
        Assert.Equal(50, options.MaxSeries);
        Assert.Equal(DurationUnit.Seconds, options.DurationUnit);
        Assert.True(options.PerTaskSeries);
        Assert.Equal("web", options.PublishingContainer);
        Assert.Equal([("shop", "orders.*", 1), ("other", "*", 0)], options.Instruments.Select(rule => (rule.Meter, rule.Pattern, rule.Tags.Count)));
        Assert.Equal([250.5, null], options.Instruments.Select(rule => rule.SurgeThreshold));

        Assert.Equal(250.5, options.SurgeThresholds.RequestsPerSecond);
        Assert.Null(options.SurgeThresholds.QueueDelay);
        Assert.Equal(50, options.SurgeThresholds.ActiveRequests);
        Assert.Equal(7, options.MaxExtraCallsPerHour);
        Assert.Equal(TimeSpan.FromSeconds(20), options.QuietExportInterval);
        Assert.Equal(0.25, options.QuietBelow);

        // A new option must be read, and so appear in this test.
        Assert.Equal(30, typeof(FastScalingCloudWatchExporterOptions).GetProperties().Length);
    }

    [Fact]
    public void A_threshold_that_cannot_be_read_or_is_of_no_signal_is_an_error()
    {
        var options = Read(("SurgeThresholds:ResponseTime", "fast"), ("SurgeThresholds:Cpu", "80"));

        Assert.Equal(2, options.ConfigurationErrors.Count);
        Assert.Contains(options.ConfigurationErrors, error => error.Contains("'fast'", StringComparison.Ordinal) && error.Contains("off", StringComparison.Ordinal));
        Assert.Contains(options.ConfigurationErrors, error => error.Contains("'Cpu'", StringComparison.Ordinal) && error.Contains("QueueDelay", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_set_or_blank_keeps_its_default()
    {
        var options = Read(("Enabled", ""), ("Region", " "), ("Endpoint", ""), ("ExportInterval", ""), ("Signals", " "), ("StorageResolution", ""));
        var defaults = new FastScalingCloudWatchExporterOptions();

        Assert.Empty(options.ConfigurationErrors);
        Assert.Equal(defaults.SurgeThresholds.All, options.SurgeThresholds.All);
        foreach (var property in typeof(FastScalingCloudWatchExporterOptions).GetProperties().Where(property => property.PropertyType != typeof(SurgeThresholds)))
        {
            Assert.Equal(property.GetValue(defaults), property.GetValue(options));
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 5 ", 5)]
    [InlineData("0.5", 0.5)]
    [InlineData("-1", -1)]
    [InlineData("1e1", 10)]
    [InlineData("00:00:05", 5)]
    [InlineData("00:01:00.5", 60.5)]
    [InlineData("1.00:00:00", 86_400)]
    public void A_duration_is_seconds_or_a_time(string text, double seconds)
    {
        var options = Read(("WarmUp", text));

        Assert.Empty(options.ConfigurationErrors);
        Assert.Equal(TimeSpan.FromSeconds(seconds), options.WarmUp);
    }

    [Theory]
    [InlineData("""["RequestsPerSecond", "ActiveRequests"]""", ScalingSignals.RequestsPerSecond | ScalingSignals.ActiveRequests)]
    [InlineData("""["queuelength"]""", ScalingSignals.QueueLength)]
    [InlineData("\"ActiveConnections\"", ScalingSignals.ActiveConnections)]
    [InlineData("\"All\"", ScalingSignals.All)]
    [InlineData("\"All, FailedRequestsPerSecond\"", ScalingSignals.All | ScalingSignals.FailedRequestsPerSecond)]
    [InlineData("""["ActiveRequests", "failedrequestspersecond"]""", ScalingSignals.ActiveRequests | ScalingSignals.FailedRequestsPerSecond)]
    [InlineData("\"None\"", ScalingSignals.None)]
    [InlineData("[]", ScalingSignals.All)]
    public void Signals_are_a_text_or_a_list(string json, ScalingSignals signals)
    {
        using var document = new MemoryStream(Encoding.UTF8.GetBytes($$""" {"FastScaling": {"CloudWatch": {"Signals": {{json}} } } } """));
        var options = new FastScalingCloudWatchExporterOptions(new ConfigurationBuilder().AddJsonStream(document).Build());

        Assert.Empty(options.ConfigurationErrors);
        Assert.Equal(signals, options.Signals);
    }

    [Theory]
    [InlineData("Enabled", "yes", "true or false")]
    [InlineData("Endpoint", "monitoring", "http or https URL")]
    [InlineData("AllowInsecureEndpoint", "1", "true or false")]
    [InlineData("UseFipsEndpoint", "on", "true or false")]
    [InlineData("UseDualStackEndpoint", "off", "true or false")]
    [InlineData("Proxy", "proxy", "http URL of a proxy")]
    [InlineData("SampleInterval", "1s", "seconds")]
    [InlineData("ExportInterval", "five", "seconds")]
    [InlineData("WarmUp", "NaN", "seconds")]
    [InlineData("WarmUp", "Infinity", "seconds")]
    [InlineData("ShutdownTimeout", "1e300", "seconds")]
    [InlineData("MaxBacklogBytes", "1 MB", "bytes")]
    [InlineData("MaxBacklogBytes", "1.5", "bytes")]
    [InlineData("MaxBacklogAge", "soon", "seconds")]
    [InlineData("ShutdownTimeout", "00:00:61", "seconds")]
    [InlineData("StorageResolution", "1.0", "1 or 60")]
    [InlineData("Signals", "RequestsPerSecond, Latency", "RequestsPerSecond, ResponseTime")]
    [InlineData("Signals", "128", "RequestsPerSecond, ResponseTime")]
    [InlineData("Signals", "-1", "RequestsPerSecond, ResponseTime")]
    [InlineData("Signals:0", "Latency", "RequestsPerSecond, ResponseTime")]
    [InlineData("ExportInterval:Seconds", "five", "seconds")]
    public void What_cannot_be_read_is_one_error_with_option_value_key_and_what_is_allowed(string key, string value, string allowed)
    {
        var options = Read((key, value));

        var error = Assert.Single(options.ConfigurationErrors);
        var option = key.Split(':')[0];
        Assert.StartsWith($"{option}: '{value}'", error, StringComparison.Ordinal);
        Assert.Contains($"FastScaling:CloudWatch:{option}", error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
        var property = typeof(FastScalingCloudWatchExporterOptions).GetProperty(option)!;
        Assert.Equal(property.GetValue(new FastScalingCloudWatchExporterOptions()), property.GetValue(options));
    }

    [Theory]
    [InlineData("Endpoint")]
    [InlineData("Proxy")]
    public void What_cannot_be_read_tells_no_password(string option) =>
        Assert.DoesNotContain("SECRET", Assert.Single(Read((option, "http://user:SECRET@ho st/")).ConfigurationErrors), StringComparison.Ordinal);

    [Theory]
    [InlineData("Exportinterval", null)]
    [InlineData("ExportIntervall", "ExportInterval")]
    [InlineData("Interval", "ExportInterval")]
    [InlineData("Resolution", "StorageResolution")]
    [InlineData("Dimension:Zone", "Dimensions")]
    [InlineData("Prox", "Proxy")]
    [InlineData("Credentials", "Dimensions")]
    public void A_key_that_is_no_option_is_told_with_the_closest_one(string key, string? closest)
    {
        var options = Read((key, "1"));

        Assert.Empty(options.ConfigurationErrors);
        if (closest is null)
        {
            Assert.Empty(options.ConfigurationWarnings);
            return;
        }

        var warning = Assert.Single(options.ConfigurationWarnings);
        Assert.Contains($"FastScaling:CloudWatch:{key.Split(':')[0]} ", warning, StringComparison.Ordinal);
        Assert.EndsWith($" {closest}.", warning, StringComparison.Ordinal);
    }

    private static FastScalingCloudWatchExporterOptions Read(params (string Key, string Value)[] values) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>($"FastScaling:CloudWatch:{value.Key}", value.Value)))
            .Build());
}
