using System.Globalization;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>What an alarm says of its state: CloudWatch's sentences, their singular and plural, and the data in JSON.</summary>
public sealed class AlarmTextTests
{
    private static readonly DateTimeOffset T = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "Insufficient Data: 1 datapoint was unknown.")]
    [InlineData(3, "Insufficient Data: 3 datapoints were unknown.")]
    public void Too_little_data_say_how_many_are_missing(int filled, string expected) =>
        Assert.Equal(expected, AlarmReason.Text(Alarm(), Verdict(AlarmState.InsufficientData, filled, 0), AlarmState.Ok));

    [Fact]
    public void No_data_at_all_say_what_they_were_taken_for()
    {
        Assert.Equal(
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].",
            AlarmReason.Text(Alarm() with { MissingData = MissingData.Breaching }, Verdict(AlarmState.Alarm, 1, 0), AlarmState.Ok));
        Assert.Equal(
            "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].",
            AlarmReason.Text(Alarm() with { MissingData = MissingData.NotBreaching }, Verdict(AlarmState.Ok, 2, 0), AlarmState.Alarm));
    }

    [Theory]
    [InlineData(false, 1, "1 datapoint [90.0 (23/11/26 12:00:10)] was greater than the threshold (80.0) and 1 missing datapoint was treated as [Breaching].")]
    [InlineData(true, 1, "1 datapoint [70.5 (23/11/26 12:00:00)] was not greater than the threshold (80.0) and 1 missing datapoint was treated as [NonBreaching].")]
    [InlineData(true, 2, "1 datapoint [70.5 (23/11/26 12:00:00)] was not greater than the threshold (80.0) and 2 missing datapoints were treated as [NonBreaching].")]
    public void Some_missing_data_are_told_beside_what_was_there(bool isOk, int filled, string expected) =>
        Assert.Equal(
            $"Threshold Crossed: {expected}",
            AlarmReason.Text(
                Alarm() with { MissingData = isOk ? MissingData.NotBreaching : MissingData.Breaching },
                Verdict(isOk ? AlarmState.Ok : AlarmState.Alarm, filled, 1, 70.5, 90),
                AlarmState.InsufficientData));

    [Fact]
    public void Missing_data_that_stand_for_nothing_are_not_told()
    {
        foreach (var treatment in new[] { MissingData.Missing, MissingData.Ignore })
        {
            Assert.Equal(
                "Threshold Crossed: 2 out of the last 2 datapoints [90.0 (23/11/26 12:00:00), 95.0 (23/11/26 12:00:10)] were greater than the threshold (80.0) (minimum 2 datapoints for OK -> ALARM transition).",
                AlarmReason.Text(Alarm() with { MissingData = treatment }, Verdict(AlarmState.Alarm, 1, 2, 90, 95), AlarmState.Ok));
        }
    }

    [Fact]
    public void Data_that_are_all_there_are_told_alike_however_missing_ones_are_treated() =>
        Assert.Equal(
            AlarmReason.Text(Alarm(), Verdict(AlarmState.Alarm, 0, 2, 90, 95, 1), AlarmState.Ok),
            AlarmReason.Text(Alarm() with { MissingData = MissingData.Breaching }, Verdict(AlarmState.Alarm, 0, 2, 90, 95, 1), AlarmState.Ok));

    [Fact]
    public void Several_data_points_beside_missing_ones_are_told_in_the_plural() =>
        Assert.Equal(
            "Threshold Crossed: 2 datapoints [90.0 (23/11/26 12:00:00), 95.0 (23/11/26 12:00:10)] were greater than the threshold (80.0) and 1 missing datapoint was treated as [Breaching].",
            AlarmReason.Text(Alarm() with { MissingData = MissingData.Breaching }, Verdict(AlarmState.Alarm, 1, 2, 90, 95), AlarmState.Ok));

    [Fact]
    public void For_an_alarm_it_takes_the_data_points_to_alarm() =>
        Assert.EndsWith(
            "(minimum 3 datapoints for OK -> ALARM transition).",
            AlarmReason.Text(Alarm() with { DatapointsToAlarm = 3 }, Verdict(AlarmState.Alarm, 0, 3, 90, 90, 90), AlarmState.Ok),
            StringComparison.Ordinal);

    [Fact]
    public void To_be_well_again_takes_the_data_points_that_are_too_many_for_an_alarm()
    {
        Assert.Equal(
            "Threshold Crossed: 2 out of the last 3 datapoints [1.0 (23/11/26 12:00:00), 2.0 (23/11/26 12:00:20)] were not greater than the threshold (80.0) (minimum 2 datapoints for ALARM -> OK transition).",
            AlarmReason.Text(Alarm(), Verdict(AlarmState.Ok, 0, 1, 1, 90, 2), AlarmState.Alarm));
        Assert.EndsWith(
            "(minimum 1 datapoint for ALARM -> OK transition).",
            AlarmReason.Text(Alarm() with { DatapointsToAlarm = 3 }, Verdict(AlarmState.Ok, 0, 1, 1, 90, 2), AlarmState.Alarm),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_comparison_has_its_words_and_numbers_are_written_as_CloudWatch_writes_them()
    {
        foreach (var (comparison, value, text) in new[]
        {
            (AlarmComparison.GreaterThanOrEqualToThreshold, 1e-5, "[1E-05 (23/11/26 12:00:00)] was greater than or equal to the threshold (1E-05)"),
            (AlarmComparison.GreaterThanThreshold, 1e20, "[1E+20 (23/11/26 12:00:00)] was greater than the threshold (1E-05)"),
            (AlarmComparison.LessThanThreshold, -3, "[-3.0 (23/11/26 12:00:00)] was less than the threshold (1E-05)"),
            (AlarmComparison.LessThanOrEqualToThreshold, 0.00001, "[1E-05 (23/11/26 12:00:00)] was less than or equal to the threshold (1E-05)"),
        })
        {
            var alarm = Alarm() with { Comparison = comparison, Threshold = 1e-5 };

            Assert.Contains(text, AlarmReason.Text(alarm, Verdict(AlarmState.Alarm, 0, 1, value), AlarmState.Ok), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reason_data_have_the_newest_point_first_and_leave_out_what_is_not_known()
    {
        var point = new AlarmDatapoint(T.ToUnixTimeSeconds() + 10, 2, double.NaN);
        var verdict = new AlarmVerdict(AlarmState.Ok, [new AlarmDatapoint(T.ToUnixTimeSeconds(), 1, 5), point], 0, 1);

        Assert.Equal(
            """{"version":"1.0","queryDate":"2026-11-23T12:01:00.250+0000","startDate":"2026-11-23T12:00:00.000+0000","statistic":"Average","period":10,"recentDatapoints":[1,2],"threshold":80,"evaluatedDatapoints":[{"timestamp":"2026-11-23T12:00:10.000+0000","value":2},{"timestamp":"2026-11-23T12:00:00.000+0000","sampleCount":5,"value":1}]}""",
            AlarmReason.Data(Alarm(), verdict, T.AddSeconds(60.25)));
        Assert.Equal(
            """{"version":"1.0","queryDate":"2026-11-23T12:00:00.000+0000","period":10,"recentDatapoints":[],"threshold":80,"evaluatedDatapoints":[]}""",
            AlarmReason.Data(Alarm() with { Source = null }, new AlarmVerdict(AlarmState.InsufficientData, [], 0, 3), T));
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("5", "")]
    [InlineData("[1]", "")]
    [InlineData("{}", "")]
    [InlineData("""{"recentDatapoints":5}""", "")]
    [InlineData("""{"recentDatapoints":[]}""", "")]
    [InlineData("""{"recentDatapoints":["1"]}""", "")]
    [InlineData("""{"recentDatapoints":[1,"x",2.5]}""", "1 2.5")]
    public void Data_points_are_read_from_reason_data_where_there_are_any(string data, string expected) =>
        Assert.Equal(expected, string.Join(' ', AlarmReason.Datapoints(data).Select(value => value.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void Without_reason_data_there_are_no_data_points() => Assert.Empty(AlarmReason.Datapoints(null));

    private static AlarmDefinition Alarm() => new()
    {
        Name = "a",
        Source = new MetricSource(new MetricIdentity("Tests", "m", []), null, Statistic.Plain("Average")!, 10),
        Period = 10,
        EvaluationPeriods = 3,
        DatapointsToAlarm = 2,
        Comparison = AlarmComparison.GreaterThanThreshold,
        Threshold = 80,
    };

    private static AlarmVerdict Verdict(AlarmState state, int filled, int breaching, params double[] values) => new(
        state,
        [.. values.Select((value, i) => new AlarmDatapoint(T.ToUnixTimeSeconds() + (i * 10), value, 1))],
        breaching,
        filled);
}
