using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class CloudWatchUnitTests
{
    // Of the service model of CloudWatch (StandardUnit).
    private static readonly HashSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits",
        "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
        "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    [Theory]
    [InlineData("s", "Milliseconds", 1000)]
    [InlineData("ms", "Milliseconds", 1)]
    [InlineData("us", "Milliseconds", 0.001)]
    [InlineData("ns", "Milliseconds", 0.000001)]
    [InlineData("min", "Milliseconds", 60_000)]
    [InlineData("h", "Milliseconds", 3_600_000)]
    [InlineData("By", "Bytes", 1)]
    [InlineData("By{payload}", "Bytes", 1)]
    [InlineData("d", "Milliseconds", 86_400_000)]
    [InlineData("ms{wait}", "Milliseconds", 1)]
    [InlineData(" By ", "Bytes", 1)]
    [InlineData("kBy", "Kilobytes", 1)]
    [InlineData("MBy", "Megabytes", 1)]
    [InlineData("GBy", "Gigabytes", 1)]
    [InlineData("TBy", "Terabytes", 1)]
    [InlineData("KiBy", "Bytes", 1024)]
    [InlineData("MiBy", "Bytes", 1024 * 1024)]
    [InlineData("GiBy", "Bytes", 1024.0 * 1024 * 1024)]
    [InlineData("TiBy", "Bytes", 1024.0 * 1024 * 1024 * 1024)]
    [InlineData("bit", "Bits", 1)]
    [InlineData("kbit", "Kilobits", 1)]
    [InlineData("Mbit", "Megabits", 1)]
    [InlineData("Gbit", "Gigabits", 1)]
    [InlineData("Tbit", "Terabits", 1)]
    [InlineData("Kibit", "Bits", 1024)]
    [InlineData("Mibit", "Bits", 1024 * 1024)]
    [InlineData("Gibit", "Bits", 1024.0 * 1024 * 1024)]
    [InlineData("{a}{b}", "Count", 1)]
    [InlineData("By/s{payload}", "None", 1)]
    [InlineData("/s/s", "None", 1)]
    [InlineData("{", "None", 1)]
    [InlineData("By}", "None", 1)]
    [InlineData("%", "Percent", 1)]
    [InlineData("1", "None", 1)]
    [InlineData("{request}", "Count", 1)]
    [InlineData("{request}/s", "Count/Second", 1)]
    [InlineData("{request/session}/s", "Count/Second", 1)]
    [InlineData("1/s", "Count/Second", 1)]
    [InlineData("Hz", "Count/Second", 1)]
    [InlineData("By/s", "Bytes/Second", 1)]
    [InlineData("KiBy/s", "Bytes/Second", 1024)]
    [InlineData("Mbit/s", "Megabits/Second", 1)]
    [InlineData("s/s", "None", 1)]
    [InlineData("%/s", "None", 1)]
    [InlineData("/s", "None", 1)]
    [InlineData("Cel", "None", 1)]
    [InlineData("", "None", 1)]
    [InlineData(null, "None", 1)]
    public void A_unit_of_UCUM_becomes_one_of_CloudWatch(string? unit, string name, double factor)
    {
        var result = CloudWatchUnit.Of(unit, DurationUnit.Milliseconds);

        Assert.Equal(name, result.Name);
        Assert.Equal(factor, result.Factor);
    }

    [Theory]
    [InlineData(DurationUnit.Seconds, "Seconds", 1)]
    [InlineData(DurationUnit.Milliseconds, "Milliseconds", 1000)]
    [InlineData(DurationUnit.Microseconds, "Microseconds", 1_000_000)]
    public void Durations_have_the_unit_that_is_chosen(DurationUnit chosen, string name, double factor)
    {
        Assert.Equal(new CloudWatchUnit(name, factor, 1e-9), CloudWatchUnit.Of("s", chosen));
    }

    [Theory]
    [InlineData("ns", 1)]
    [InlineData("us", 1e-3)]
    [InlineData("ms", 1e-6)]
    [InlineData("h", 1 / 3600e9)]
    [InlineData("By", 0)]
    [InlineData("Cel", 0)]
    public void Only_durations_are_rounded_and_to_a_nanosecond(string unit, double step) =>
        Assert.Equal(step, CloudWatchUnit.Of(unit, DurationUnit.Seconds).Step);

    [Fact]
    public void Any_unit_becomes_one_that_CloudWatch_knows_and_only_known_ones_change_values() =>
        Gen.OneOf(Gen.String[0, 12], Gen.Char["%{}/1sByKit "].Array[0, 8].Select(characters => new string(characters))).Sample(unit =>
        {
            var result = CloudWatchUnit.Of(unit, DurationUnit.Milliseconds);

            Assert.Contains(result.Name, Units);
            Assert.True(result.Factor == 1 || result.Name != "None");
        });
}
