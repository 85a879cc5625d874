using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class GetMetricStatisticsTests
{
    private static readonly DateTimeOffset Noon = TestClock.Noon;
    private static readonly string[] Percentiles = ["p10", "p30", "p30.01", "p99.9"];
    private static readonly string[] AllStatistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"];

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task Values_with_counts_come_back_as_statistics(Wire wire)
    {
        await using var local = await Local.StartAsync();
        var datum = Data.Datum(null, Noon, unit: "Milliseconds").With("Values", Data.Numbers([10, 20, 30])).With("Counts", Data.Numbers([1, 2, 7]));
        await local.PutAsync(wire, datum);

        var reply = await local.CallAsync(wire, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(10), 10, AllStatistics, Percentiles));

        Assert.Equal("m", (string?)reply.Body!["Label"]);
        var point = Assert.Single(reply.List("Datapoints"))!;
        Assert.Equal(Noon, Reply.Time(point["Timestamp"]));
        Assert.Equal("Milliseconds", (string?)point["Unit"]);
        Assert.Equal([10, 260, 26, 10, 30], AllStatistics.Select(name => Reply.Number(point[name])));
        Assert.Equal([10, 20, 30, 30], Percentiles.Select(name => Reply.Number(point["ExtendedStatistics"]![name])));
    }

    [Fact]
    public async Task The_start_is_inclusive_and_the_end_is_exclusive()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon.AddSeconds(-1)), Data.Datum(2, Noon), Data.Datum(4, Noon.AddSeconds(1)), Data.Datum(8, Noon.AddSeconds(2)));

        Assert.Equal([(Noon, 2), (Noon.AddSeconds(1), 4)], await SumsAsync(local, Noon, Noon.AddSeconds(2), 1));
    }

    [Fact]
    public async Task Buckets_are_aligned_to_the_period_and_the_start_is_rounded_down_to_one()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon.AddSeconds(9)), Data.Datum(2, Noon.AddSeconds(10)), Data.Datum(4, Noon.AddSeconds(19)), Data.Datum(8, Noon.AddSeconds(20)));

        Assert.Equal([(Noon.AddSeconds(10), 6), (Noon.AddSeconds(20), 8)], await SumsAsync(local, Noon.AddSeconds(13), Noon.AddSeconds(23), 10));
    }

    [Fact]
    public async Task Standard_resolution_data_live_on_the_minute_and_are_not_read_by_the_second()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(3, Noon.AddSeconds(42)).With("StorageResolution", 60));

        Assert.Equal([(Noon, 3)], await SumsAsync(local, Noon, Noon.AddMinutes(1), 60));
        Assert.Empty(await SumsAsync(local, Noon, Noon.AddMinutes(1), 30));
        Assert.Equal(Noon, local.Server.GetSeries().Single().DataPoints.Single().Timestamp);
    }

    [Fact]
    public async Task High_and_standard_resolution_data_add_up_by_the_minute()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(3, Noon.AddSeconds(42)).With("StorageResolution", 60), Data.Datum(4, Noon.AddSeconds(5)));

        Assert.Equal([(Noon, 7)], await SumsAsync(local, Noon, Noon.AddMinutes(1), 60));
        Assert.Equal([(Noon.AddSeconds(5), 4)], await SumsAsync(local, Noon, Noon.AddMinutes(1), 5));
    }

    [Fact]
    public async Task Milliseconds_of_a_timestamp_fall_into_its_second()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon.AddMilliseconds(1)), Data.Datum(2, Noon.AddMilliseconds(999)));

        Assert.Equal([(Noon, 3)], await SumsAsync(local, Noon, Noon.AddSeconds(1), 1));
    }

    [Fact]
    public async Task Seconds_are_kept_three_hours_and_minutes_fifteen_days()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(5, Noon));

        local.Clock.Now = Noon.AddHours(3).AddSeconds(-1);
        Assert.Equal([(Noon, 5)], await SumsAsync(local, Noon, Noon.AddSeconds(1), 1));
        local.Clock.Now = Noon.AddHours(3);
        Assert.Empty(await SumsAsync(local, Noon, Noon.AddSeconds(1), 1));
        Assert.Equal([(Noon, 5)], await SumsAsync(local, Noon, Noon.AddMinutes(1), 60));
        Assert.Empty(local.Server.GetSeries().Single().DataPoints);
        local.Clock.Now = Noon.AddDays(15);
        Assert.Empty(await SumsAsync(local, Noon, Noon.AddMinutes(1), 60));
        Assert.Empty(local.Server.GetSeries());
    }

    [Fact]
    public async Task Different_units_are_different_streams_and_a_unit_selects_its_own()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon, unit: "Seconds"), Data.Datum(2, Noon, unit: "Count"), Data.Datum(4, Noon));

        var all = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, ["Sum"]));
        var one = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, ["Sum"]).With("Unit", "Count"));
        var none = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, ["Sum"]).With("Unit", "Bytes"));

        Assert.Equal(["Seconds 1", "Count 2", "None 4"], all.List("Datapoints").Select(point => $"{point!["Unit"]} {point["Sum"]}"));
        Assert.Equal(2, Reply.Number(Assert.Single(one.List("Datapoints"))!["Sum"]));
        Assert.Empty(none.List("Datapoints"));
    }

    [Fact]
    public async Task Dimensions_are_matched_exactly_and_in_any_order()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon).With("Dimensions", Data.Dimensions(("b", "2"), ("a", "1"))));

        Assert.Equal(1, await CountAsync(Data.Dimensions(("a", "1"), ("b", "2"))));
        Assert.Equal(0, await CountAsync(Data.Dimensions(("a", "1"))));
        Assert.Equal(0, await CountAsync(Data.Dimensions(("a", "1"), ("b", "3"))));
        Assert.Equal(["a", "b"], local.Server.GetSeries().Single().Dimensions.Select(dimension => dimension.Key));

        async Task<int> CountAsync(JsonArray dimensions) => (await local.CallAsync(
            Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, ["Sum"]).With("Dimensions", dimensions))).List("Datapoints").Count;
    }

    [Theory]
    [InlineData(1, 5, 5, 5, 5.0)]
    [InlineData(3, 15, 5, 5, 5.0)]
    [InlineData(2, 4, 1, 3, null)]
    [InlineData(3, 14, 5, 5, null)]
    public async Task Only_statistic_sets_of_equal_samples_have_percentiles(double count, double sum, double minimum, double maximum, double? expected)
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(null, Noon).With("StatisticValues", Data.Set(count, sum, minimum, maximum)));

        var reply = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, ["Average"], ["p50"]));

        var point = Assert.Single(reply.List("Datapoints"))!;
        Assert.Equal(sum / count, Reply.Number(point["Average"]));
        Assert.Equal(expected, (double?)point["ExtendedStatistics"]?["p50"]);
    }

    [Fact]
    public async Task A_percentile_is_not_moved_by_a_rounding_error()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(null, Noon).With("Values", Data.Numbers([1, 2])).With("Counts", Data.Numbers([7, 993])));

        var reply = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, [], ["p0.7", "p0.71"]));

        var percentiles = Assert.Single(reply.List("Datapoints"))!["ExtendedStatistics"]!;
        Assert.Equal((1d, 2d), ((double)percentiles["p0.7"]!, (double)percentiles["p0.71"]!));
    }

    [Fact]
    public async Task A_negative_value_takes_the_percentiles_of_its_period()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(-1, Noon), Data.Datum(3, Noon.AddSeconds(1)));

        var reply = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(2), 1, [], ["p50"]));

        Assert.Equal(Noon.AddSeconds(1), Reply.Time(Assert.Single(reply.List("Datapoints"))!["Timestamp"]));
    }

    [Theory]
    [InlineData("Period", 7, "InvalidParameterValue")]
    [InlineData("Period", 90, "InvalidParameterValue")]
    [InlineData("Period", 0, "InvalidParameterValue")]
    [InlineData("Period", -60, "InvalidParameterValue")]
    [InlineData("Period", null, "MissingParameter")]
    [InlineData("MetricName", null, "MissingParameter")]
    [InlineData("Namespace", null, "MissingParameter")]
    [InlineData("StartTime", null, "MissingParameter")]
    [InlineData("EndTime", null, "MissingParameter")]
    [InlineData("Unit", "Minutes", "InvalidParameterValue")]
    public async Task A_wrong_parameter_is_refused(string member, object? value, string code)
    {
        await using var local = await Local.StartAsync();
        var input = Data.Statistics(Noon, Noon.AddSeconds(10), 10, ["Sum"]);
        if (value is null)
        {
            input.Remove(member);
        }
        else
        {
            input[member] = JsonValue.Create(value);
        }

        Assert.Equal(code, (await local.CallAsync(Wire.Json, "GetMetricStatistics", input)).Code);
        Assert.Equal(code, (await local.CallAsync(Wire.Query, "GetMetricStatistics", input)).Code);
    }

    [Theory]
    [InlineData("p50", null)]
    [InlineData("p100", null)]
    [InlineData("p100.00", null)]
    [InlineData("p99.99", null)]
    [InlineData("p100.01", "InvalidParameterValue")]
    [InlineData("p99.999", "InvalidParameterValue")]
    [InlineData("p", "InvalidParameterValue")]
    [InlineData("p-1", "InvalidParameterValue")]
    [InlineData("Sum", "InvalidParameterValue")]
    [InlineData("tm90", "InvalidParameterValue")]
    [InlineData("TM(10%:90%)", "InvalidParameterValue")]
    public async Task An_extended_statistic_is_a_percentile(string statistic, string? code)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.CallAsync(Wire.Query, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(10), 10, [], [statistic]));

        Assert.Equal(code, reply.Code);
        Assert.Equal(statistic.StartsWith("t", StringComparison.OrdinalIgnoreCase), reply.Message?.Contains("not supported by the local CloudWatch", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task More_than_1440_data_points_are_refused()
    {
        await using var local = await Local.StartAsync();

        var most = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1440), 1, ["Sum"]));
        var more = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1441), 1, ["Sum"]));

        Assert.True(most.IsOk);
        Assert.Equal("InvalidParameterCombination", more.Code);
        Assert.Contains("1,441 datapoints", more.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_statistic_and_an_empty_range_are_refused()
    {
        await using var local = await Local.StartAsync();

        Assert.Equal("InvalidParameterCombination", (await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon.AddSeconds(1), 1, []))).Code);
        Assert.Equal("InvalidParameterCombination", (await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(Noon, Noon, 1, ["Sum"]))).Code);
    }

    private static async Task<(DateTimeOffset, double)[]> SumsAsync(Local local, DateTimeOffset start, DateTimeOffset end, int period)
    {
        var reply = await local.CallAsync(Wire.Json, "GetMetricStatistics", Data.Statistics(start, end, period, ["Sum"]));
        Assert.True(reply.IsOk, reply.Message);
        return [.. reply.List("Datapoints").Select(point => (Reply.Time(point!["Timestamp"]), Reply.Number(point["Sum"])))];
    }
}
