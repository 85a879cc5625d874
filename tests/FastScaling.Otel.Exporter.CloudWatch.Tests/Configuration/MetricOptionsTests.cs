using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Configuration;

public class MetricOptionsTests
{
    [Theory]
    [InlineData("MaxSeries", "0", "1 to 100000")]
    [InlineData("MaxSeries", "100001", "1 to 100000")]
    [InlineData("ProviderMetricsNamespace", "AWS/x", "must not start with")]
    [InlineData("ProviderMetricsNamespace", "FastScaling", "must not be that of the signals")]
    [InlineData("ProviderMetricsTags", "ServiceName", "a dimension that every metric has")]
    [InlineData("ProviderMetricsTags", "otel.metric.overflow", "a dimension that every metric has")]
    [InlineData("ProviderMetricsTags", ":a", "printable ASCII")]
    [InlineData("ProviderMetricsTags", "ä", "printable ASCII")]
    [InlineData("ProviderMetricsTags", "a,a", "each tag once")]
    [InlineData("PublishingContainer", " ", "name of a container")]
    [InlineData("DurationUnit", "7", "Seconds, Milliseconds, Microseconds")]
    public void A_value_that_is_not_allowed_is_an_error_with_option_value_and_what_is_allowed(string option, string value, string allowed)
    {
        var error = Assert.Single(Errors(options => Set(options, option, value)));

        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_tags_than_dimensions_are_left_for_are_an_error()
    {
        string[] tags = [.. Enumerable.Range(0, 29).Select(i => $"tag{i}")];

        Assert.Empty(Errors(options => options.AddInstrument("m", "*", tags[..28])));
        var error = Assert.Single(Errors(options => options.AddInstrument("m", "*", tags)));
        Assert.Contains("at most 28", error, StringComparison.Ordinal);
        Assert.Contains("AddInstrument('m', '*')", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_for_each_task_needs_a_dimension_for_it()
    {
        Assert.Single(Errors(options =>
        {
            options.PerTaskSeries = true;
            options.Dimensions["TaskId"] = "x";
        }));
        Assert.NotEmpty(Errors(options =>
        {
            options.PerTaskSeries = true;
            for (var i = 0; i < 30; i++)
            {
                options.Dimensions[$"d{i}"] = "x";
            }
        }));
    }

    [Theory]
    [InlineData("shop.*", "*", "shop.orders", "created", true)]
    [InlineData("shop", "orders.*", "shop", "orders.created", true)]
    [InlineData("shop", "orders.*", "shop", "carts", false)]
    [InlineData("shop", "*.count", "SHOP", "orders.count", true)]
    [InlineData("shop", "or?ers", "shop", "orders", false)]
    [InlineData("shop", "*", "shopping", "x", false)]
    public void A_star_stands_for_any_characters(string meter, string pattern, string meterName, string instrument, bool expected) =>
        Assert.Equal(expected, new InstrumentRule(meter, pattern, []).Matches(meterName, instrument));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(1e10)]
    public void A_surge_threshold_of_an_instrument_must_be_one_that_can_be_reached(double threshold)
    {
        var error = Assert.Single(Errors(options => options.AddInstrument("m", "*", threshold)));

        Assert.Contains("AddInstrument('m', '*'): the surge threshold", error, StringComparison.Ordinal);
        Assert.Contains("allowed is more than 0", error, StringComparison.Ordinal);
        Assert.Empty(Errors(options => options.AddInstrument("m", "*", 100, "kind")));
    }

    [Fact]
    public void What_is_published_and_what_it_costs_is_said_in_words()
    {
        var settings = TestAws.Settings(options =>
        {
            options.AddInstrument("shop", "orders.*", "kind");
            options.ExportProviderMetrics = true;
        });

        var what = CostEstimate.Describe(settings);
        Assert.Contains(nameof(ScalingSignals.All), what, StringComparison.Ordinal);
        Assert.Contains("shop/orders.* by kind", what, StringComparison.Ordinal);
        Assert.Contains("FastScaling/Application", what, StringComparison.Ordinal);

        // 525,600 calls a month at five seconds, and 43,800 at a minute.
        Assert.StartsWith("$1.80 a month for the service and $5.69 for each task, and $0.30 for each series", CostEstimate.Price(settings), StringComparison.Ordinal);
        Assert.Equal("$1.80 a month for the service and $5.26 for each task", CostEstimate.Price(TestAws.Settings()));
        Assert.Equal("$1.80 a month for the service and $7.06 for each task", CostEstimate.Price(TestAws.Settings(options => options.PerTaskSeries = true)));
    }

    [Fact]
    public void The_exporter_refuses_bad_options_and_does_nothing_when_switched_off()
    {
        Assert.Throws<OptionsValidationException>(() => new CloudWatchMetricExporter(new FastScalingCloudWatchExporterOptions { MaxSeries = 0 }));
        using var off = new CloudWatchMetricExporter(new FastScalingCloudWatchExporterOptions { Enabled = false, MaxSeries = 0 });
        Assert.True(off.ForceFlush(100));
    }

    private static IEnumerable<string> Errors(Action<FastScalingCloudWatchExporterOptions> configure)
    {
        var options = new FastScalingCloudWatchExporterOptions { Region = "eu-central-1", ExportProviderMetrics = true };
        configure(options);
        return new OptionsValidator(TestAws.Environment()).Validate(null, options).Failures ?? [];
    }

    private static void Set(FastScalingCloudWatchExporterOptions options, string option, string value)
    {
        switch (option)
        {
            case nameof(options.MaxSeries):
                options.MaxSeries = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case nameof(options.ProviderMetricsNamespace):
                options.ProviderMetricsNamespace = value;
                break;
            case nameof(options.ProviderMetricsTags):
                foreach (var tag in value.Split(','))
                {
                    options.ProviderMetricsTags.Add(tag);
                }

                break;
            case nameof(options.PublishingContainer):
                options.PublishingContainer = value;
                break;
            default:
                options.DurationUnit = (DurationUnit)7;
                break;
        }
    }
}
