using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Configuration;

public class OptionsValidatorTests
{
    private const string Prefix = "FastScaling CloudWatch exporter: ";

    [Fact]
    public void The_defaults_are_allowed() => Assert.Empty(Errors(_ => { }));

    public static TheoryData<Action<FastScalingCloudWatchExporterOptions>> Allowed => new(
        options => options.Namespace = new string('n', 255),
        options => options.Namespace = "a.b-c_d/e#f:g1",
        options => options.Namespace = "AWSome/X",
        options => options.Region = "eu-central-1",
        options => options.Region = "us-gov-west-1",
        options => options.Region = "us-isob-east-1",
        options => options.Region = "eusc-de-east-1",
        options => options.Region = "xx-newland-12",
        options => options.Endpoint = new Uri("http://localhost:4566"),
        options => options.Endpoint = new Uri("https://[::1]:1/a/path/"),
        options => options.ExportInterval = TimeSpan.FromSeconds(1),
        options => options.ExportInterval = TimeSpan.FromMinutes(5),
        options => (options.SampleInterval, options.ExportInterval) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)),
        options => options.StorageResolution = 60,
        options => (options.MaxBacklogBytes, options.MaxBacklogAge) = (65_536, TimeSpan.FromSeconds(10)),
        options => (options.MaxBacklogBytes, options.MaxBacklogAge) = (268_435_456, TimeSpan.FromDays(1)),
        options => (options.MaxExtraCallsPerHour, options.QuietBelow) = (0, 0.05),
        options => (options.MaxExtraCallsPerHour, options.QuietBelow) = (3600, 0.9),
        options => options.QuietExportInterval = TimeSpan.FromSeconds(60),
        options => options.SurgeThresholds.ResponseTime = null,
        options => options.AddSignal("Jobs", "{job}", () => 1, 0.5).AddSignal("Wait", "Seconds", () => 1),
        options => options.Signals = ScalingSignals.QueueDelay,
        options => (options.WarmUp, options.ShutdownTimeout) = (TimeSpan.Zero, TimeSpan.Zero),
        options => (options.WarmUp, options.ShutdownTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(30)),
        options => AddDimensions(options, 30),
        options => options.Dimensions[new string('n', 255)] = new string('v', 1024),
        options => options.Dimensions["a b~"] = ":x");

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void What_is_allowed_gives_no_error(Action<FastScalingCloudWatchExporterOptions> configure) => Assert.Empty(Errors(configure));

    public static TheoryData<string, string, string, Action<FastScalingCloudWatchExporterOptions>> Bad => new()
    {
        { "SurgeThresholds.QueueDelay", "0", "more than 0", options => options.SurgeThresholds.QueueDelay = 0 },
        { "SurgeThresholds.RequestsPerSecond", "NaN", "more than 0", options => options.SurgeThresholds.RequestsPerSecond = double.NaN },
        { "MaxExtraCallsPerHour", "-1", "0 to 3600", options => options.MaxExtraCallsPerHour = -1 },
        { "QuietBelow", "0.95", "0.05 to 0.9", options => options.QuietBelow = 0.95 },
        { "QuietExportInterval", "00:00:12", "a multiple of ExportInterval", options => options.QuietExportInterval = TimeSpan.FromSeconds(12) },
        { "QuietExportInterval", "00:02:00", "up to 00:01:00", options => options.QuietExportInterval = TimeSpan.FromMinutes(2) },
        { "AddSignal", "'QueueDelay'", "name of its own", options => options.AddSignal("QueueDelay", "Count", () => 1) },
        { "AddSignal", "':x'", "not starting with ':'", options => options.AddSignal(":x", "Count", () => 1) },
        { "AddSignal", "'furlongs'", "a unit of CloudWatch", options => options.AddSignal("Length", "furlongs", () => 1) },
        { "AddSignal", "-1", "more than 0", options => options.AddSignal("Jobs", "Count", () => 1, -1) },
        { "Namespace", "''", "1 to 255", options => options.Namespace = "" },
        { "Namespace", "'null'", "1 to 255", options => options.Namespace = null! },
        { "Namespace", "256", "1 to 255", options => options.Namespace = new string('n', 256) },
        { "Namespace", "'a b'", "0-9 A-Z a-z", options => options.Namespace = "a b" },
        { "Namespace", "'ä'", "0-9 A-Z a-z", options => options.Namespace = "ä" },
        { "Namespace", "'x\n'", "0-9 A-Z a-z", options => options.Namespace = "x\n" },
        { "Namespace", "':x'", "0-9 A-Z a-z", options => options.Namespace = ":x" },
        { "Namespace", "'AWS/ECS'", "AWS/", options => options.Namespace = "AWS/ECS" },
        { "Region", "''", "eu-central-1", options => options.Region = "" },
        { "Region", "'Frankfurt'", "eu-central-1", options => options.Region = "Frankfurt" },
        { "Region", "'EU-CENTRAL-1'", "eu-central-1", options => options.Region = "EU-CENTRAL-1" },
        { "Region", "'eu-central-1\n'", "eu-central-1", options => options.Region = "eu-central-1\n" },
        { "Region", "'eu-central-1.example.com/'", "eu-central-1", options => options.Region = "eu-central-1.example.com/" },
        { "Endpoint", "'/path'", "https URL", options => options.Endpoint = new Uri("/path", UriKind.Relative) },
        { "Endpoint", "'localhost:4566'", "https URL", options => options.Endpoint = new Uri("localhost:4566") },
        { "Endpoint", "'ftp://x'", "https URL", options => options.Endpoint = new Uri("ftp://x") },
        { "Endpoint", "'http://x/?a=b'", "query", options => options.Endpoint = new Uri("http://x/?a=b") },
        { "Endpoint", "'http://(user)@x/'", "user", options => options.Endpoint = new Uri("http://name:secret@x/") },
        { "SampleInterval", "00:00:00 ", "00:00:01 to 00:01:00", options => options.SampleInterval = TimeSpan.Zero },
        { "SampleInterval", "00:00:01.5", "whole seconds", options => options.SampleInterval = TimeSpan.FromSeconds(1.5) },
        { "SampleInterval", "00:01:01", "00:00:01 to 00:01:00", options => options.SampleInterval = TimeSpan.FromSeconds(61) },
        { "ExportInterval", "00:00:00.9", "00:00:01 to 00:05:00", options => options.ExportInterval = TimeSpan.FromSeconds(0.9) },
        { "ExportInterval", "00:05:01", "00:00:01 to 00:05:00", options => options.ExportInterval = TimeSpan.FromSeconds(301) },
        { "ExportInterval", "-00:00:05", "00:00:01 to 00:05:00", options => options.ExportInterval = TimeSpan.FromSeconds(-5) },
        { "ExportInterval", "00:00:01.5", "multiple of SampleInterval, which is 00:00:01", options => options.ExportInterval = TimeSpan.FromSeconds(1.5) },
        { "ExportInterval", "00:00:05", "multiple of SampleInterval, which is 00:00:02", options => options.SampleInterval = TimeSpan.FromSeconds(2) },
        { "StorageResolution", "5", "1 and 60", options => options.StorageResolution = 5 },
        { "Signals", "'None'", "at least one", options => options.Signals = ScalingSignals.None },
        { "Signals", "'128'", "All", options => options.Signals = (ScalingSignals)128 },
        { "WarmUp", "-00:00:01", "00:00:00 to 01:00:00", options => options.WarmUp = TimeSpan.FromSeconds(-1) },
        { "WarmUp", "01:00:01", "00:00:00 to 01:00:00", options => options.WarmUp = TimeSpan.FromSeconds(3601) },
        { "MaxBacklogBytes", "65535 ", "65536 to 268435456", options => options.MaxBacklogBytes = 65_535 },
        { "MaxBacklogBytes", "268435457", "65536 to 268435456", options => options.MaxBacklogBytes = 268_435_457 },
        { "MaxBacklogAge", "00:00:09", "00:00:10 to 1.00:00:00", options => options.MaxBacklogAge = TimeSpan.FromSeconds(9) },
        { "MaxBacklogAge", "1.00:00:01", "00:00:10 to 1.00:00:00", options => options.MaxBacklogAge = TimeSpan.FromSeconds(86_401) },
        { "ShutdownTimeout", "-00:00:01", "00:00:00 to 00:00:30", options => options.ShutdownTimeout = TimeSpan.FromSeconds(-1) },
        { "ShutdownTimeout", "00:00:31", "00:00:00 to 00:00:30", options => options.ShutdownTimeout = TimeSpan.FromSeconds(31) },
        { "Dimensions", "31", "at most 30", options => AddDimensions(options, 31) },
        { "Dimensions", "name ''", "1 to 255", options => options.Dimensions[""] = "v" },
        { "Dimensions", "name ' '", "not blank", options => options.Dimensions[" "] = "v" },
        { "Dimensions", "name ':n'", "not starting with ':'", options => options.Dimensions[":n"] = "v" },
        { "Dimensions", "name 'ä'", "ASCII", options => options.Dimensions["ä"] = "v" },
        { "Dimensions", "nnn…'", "1 to 255", options => options.Dimensions[new string('n', 256)] = "v" },
        { "Dimensions", "value '' of 'n'", "1 to 1024", options => options.Dimensions["n"] = "" },
        { "Dimensions", "value 'null' of 'n'", "1 to 1024", options => options.Dimensions["n"] = null! },
        { "Dimensions", "value 'a\tb' of 'n'", "ASCII", options => options.Dimensions["n"] = "a\tb" },
        { "Dimensions", "vvv…' of 'n'", "1 to 1024", options => options.Dimensions["n"] = new string('v', 1025) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void What_is_not_allowed_is_one_error_with_option_value_and_what_is_allowed(
        string option, string value, string allowed, Action<FastScalingCloudWatchExporterOptions> configure)
    {
        var error = Assert.Single(Errors(configure));

        Assert.StartsWith($"{Prefix}{option}: ", error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
        Assert.True(error.Length < 400, error);
    }

    [Theory]
    [InlineData("AWS_REGION", "nowhere")]
    [InlineData("AWS_ENDPOINT_URL", "localhost")]
    [InlineData("AWS_ENDPOINT_URL_CLOUDWATCH", "ftp://x")]
    [InlineData("AWS_ENDPOINT_URL_CLOUDWATCH", "http://")]
    public void A_bad_variable_is_one_error_with_its_name(string variable, string value)
    {
        var error = Assert.Single(Errors(_ => { }, (variable, value)));

        Assert.StartsWith($"{Prefix}{variable}: '{value}'", error, StringComparison.Ordinal);
        Assert.Contains("allowed is", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_variable_that_is_not_used_is_no_error()
    {
        Assert.Empty(Errors(options => options.Region = "eu-west-1", ("AWS_REGION", "nowhere")));
        Assert.Empty(Errors(options => options.Endpoint = new Uri("https://x"), ("AWS_ENDPOINT_URL", "bad")));
        Assert.Empty(Errors(_ => { }, ("AWS_ENDPOINT_URL_CLOUDWATCH", "https://x"), ("AWS_ENDPOINT_URL", "bad")));
        Assert.Empty(Errors(_ => { }, ("AWS_ENDPOINT_URL", "bad"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")));
        Assert.Empty(Errors(_ => { }, ("AWS_REGION", " "), ("AWS_ENDPOINT_URL", "")));
    }

    [Fact]
    public void All_errors_are_reported_together()
    {
        var errors = Errors(
            options =>
            {
                options.ConfigurationErrors.Add("Enabled: 'x' cannot be read.");
                options.Namespace = "";
                options.Region = "x";
                options.SampleInterval = TimeSpan.Zero;
                options.ExportInterval = TimeSpan.Zero;
                options.StorageResolution = 2;
                options.Signals = 0;
                options.WarmUp = options.ShutdownTimeout = TimeSpan.FromDays(1);
                options.Dimensions[""] = "";
            },
            ("AWS_ENDPOINT_URL", "bad"));

        Assert.Equal(12, errors.Count);
        Assert.All(errors, error => Assert.StartsWith(Prefix, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_checked_when_the_exporter_is_switched_off() =>
        Assert.Empty(Errors(
            options =>
            {
                options.Enabled = false;
                options.Namespace = "";
                options.ConfigurationErrors.Add("x");
            },
            ("AWS_REGION", "nowhere")));

    private static List<string> Errors(Action<FastScalingCloudWatchExporterOptions> configure, params (string, string)[] environment)
    {
        var options = new FastScalingCloudWatchExporterOptions();
        configure(options);
        return [.. new OptionsValidator(TestAws.Environment(environment)).Validate(null, options).Failures ?? []];
    }

    private static void AddDimensions(FastScalingCloudWatchExporterOptions options, int count)
    {
        for (var i = 0; i < count; i++)
        {
            options.Dimensions[$"n{i}"] = "v";
        }
    }
}
