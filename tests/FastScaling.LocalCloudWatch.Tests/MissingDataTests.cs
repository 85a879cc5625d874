using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>The tables of "Configuring how CloudWatch alarms treat missing data" in the CloudWatch User Guide: newest data point on the right.</summary>
public sealed class MissingDataTests
{
    private const string Retain = "";

    [Theory]
    [InlineData("0-X-X", "OK", "OK", "OK", "OK")]
    [InlineData("0----", "OK", "OK", "OK", "OK")]
    [InlineData("-----", "INSUFFICIENT_DATA", Retain, "ALARM", "OK")]
    [InlineData("0XX-X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("--X--", "ALARM", Retain, "ALARM", "OK")]
    public void The_published_table_for_3_out_of_3(string data, string missing, string ignore, string breaching, string notBreaching) =>
        Check(data, 3, missing, ignore, breaching, notBreaching);

    [Theory]
    [InlineData("0-X-X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("00X0X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("0-X--", "OK", "OK", "ALARM", "OK")]
    [InlineData("----0", "OK", "OK", "ALARM", "OK")]
    [InlineData("---X-", "ALARM", Retain, "ALARM", "OK")]
    public void The_published_table_for_2_out_of_3(string data, string missing, string ignore, string breaching, string notBreaching) =>
        Check(data, 2, missing, ignore, breaching, notBreaching);

    [Theory]
    [InlineData("----X", Retain)]
    [InlineData("---X-", Retain)]
    [InlineData("--X--", "ALARM")]
    [InlineData("--XXX", "ALARM")]
    [InlineData("--X-0", "OK")]
    public void An_alarm_does_not_go_off_before_a_breach_is_as_old_as_the_data_points_it_takes(string data, string expected) =>
        Check(data, 3, MissingData.Missing, expected);

    [Fact]
    public void With_one_period_any_data_point_in_the_range_decides()
    {
        Assert.Equal(AlarmState.Alarm, Decide("X--", Alarm(1, 1, MissingData.NotBreaching), AlarmState.Ok));
        Assert.Equal(AlarmState.Ok, Decide("X-0", Alarm(1, 1, MissingData.Breaching), AlarmState.Alarm));
    }

    [Fact]
    public void The_most_recent_data_points_are_compared_and_told_in_the_order_of_time()
    {
        AlarmDatapoint[] range = [new(0, 1, 1), new(10, 2, 1), new(20, double.NaN, 0), new(30, 3, 1), new(40, 4, 1)];

        var verdict = AlarmEvaluation.Decide(Alarm(3, 2, MissingData.Missing), range, AlarmState.Ok);

        Assert.Equal([10L, 30, 40], verdict.Used.Select(point => point.Second));
    }

    private static void Check(string data, int datapoints, string missing, string ignore, string breaching, string notBreaching)
    {
        Check(data, datapoints, MissingData.Missing, missing);
        Check(data, datapoints, MissingData.Ignore, ignore);
        Check(data, datapoints, MissingData.Breaching, breaching);
        Check(data, datapoints, MissingData.NotBreaching, notBreaching);
    }

    private static void Check(string data, int datapoints, MissingData treatment, string expected)
    {
        foreach (var current in Enum.GetValues<AlarmState>())
        {
            var state = Decide(data, Alarm(3, datapoints, treatment), current);
            Assert.Equal(expected == Retain ? AlarmStates.Text(current) : expected, AlarmStates.Text(state));
        }
    }

    private static AlarmState Decide(string data, AlarmDefinition alarm, AlarmState current)
    {
        var range = data.Select((c, i) => new AlarmDatapoint(i * 300, c switch { 'X' => 1, '0' => 0, _ => double.NaN }, 1)).ToArray();
        return AlarmEvaluation.Decide(alarm, range, current).State;
    }

    private static AlarmDefinition Alarm(int periods, int datapoints, MissingData treatment) => new()
    {
        Name = "a",
        Period = 300,
        EvaluationPeriods = periods,
        DatapointsToAlarm = datapoints,
        MissingData = treatment,
        Comparison = AlarmComparison.GreaterThanThreshold,
        Threshold = 0.5,
    };
}
