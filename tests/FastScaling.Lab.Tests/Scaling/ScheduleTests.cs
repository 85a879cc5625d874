using System.Globalization;
using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>Schedules and years at their edges; see <see cref="ScalingEngineTests"/> for the usual ones.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("rate(2 hours)", "2026-11-23T14:00:00Z")]
    [InlineData("rate(2 hour)", "2026-11-23T14:00:00Z")]
    [InlineData("rate(1 minute)", "2026-11-23T12:01:00Z")]
    [InlineData("rate(2 days)", "2026-11-25T12:00:00Z")]
    [InlineData("rate( 3  minutes )", "2026-11-23T12:03:00Z")]
    [InlineData("cron(0 0 ? * 7 *)", "2026-11-28T00:00:00Z")]
    [InlineData("cron(0 0 ? * 2/2 *)", "2026-11-25T00:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2028)", "2028-01-01T00:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2027/2)", "2027-01-01T00:00:00Z")]
    [InlineData("cron(30 12 23 11 ? ?)", "2026-11-23T12:30:00Z")]
    [InlineData("at(2026-11-23T12:00:00)", null)]
    public void The_first_time_is_after_now(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Schedule.Parse(text).NextAfter(Bench.Noon, Bench.Noon));

    [Fact]
    public void A_rate_counts_from_its_origin()
    {
        var schedule = Schedule.Parse("rate(1 hour)");

        Assert.Equal(Bench.Noon, schedule.NextAfter(Bench.Noon.AddTicks(-1), Bench.Noon));
        Assert.Equal(Bench.Noon.AddHours(1), schedule.NextAfter(Bench.Noon, Bench.Noon));
        Assert.Equal(Bench.Noon.AddHours(2), schedule.NextAfter(Bench.Noon.AddHours(1).AddTicks(1), Bench.Noon));
        Assert.Equal(Bench.Noon.AddMinutes(1_000_000), Schedule.Parse("rate(1000000 minutes)").NextAfter(Bench.Noon, Bench.Noon));
    }

    [Fact]
    public void A_year_in_a_time_zone_begins_there()
    {
        var schedule = Schedule.Parse("cron(0 0 1 1 ? 2028)", "Asia/Seoul");

        Assert.Equal(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.FromHours(9)), schedule.NextAfter(Bench.Noon, Bench.Noon));
    }

    [Theory]
    [InlineData("rate(5 minutes", "is not valid: at(")]
    [InlineData("(5 minutes)", "is not valid: at(")]
    [InlineData("rate(1000001 minutes)", "is not valid: at(")]
    [InlineData("rate(5)", "is not valid: at(")]
    [InlineData("rate(5 minutes more)", "is not valid: at(")]
    [InlineData("rate(+5 minutes)", "is not valid: at(")]
    [InlineData("cron(0 9 * * ? * *)", "must have six fields: minutes, hours, day of month, month, day of week and year")]
    [InlineData("cron(0 9 ? * 12 *)", "The day of the week must be from 1 (Sunday) to 7.")]
    [InlineData("cron(0 9 ? * 0 *)", "The day of the week must be from 1 (Sunday) to 7.")]
    [InlineData("cron(0 9 * * ? 2200)", "The year must be from 1970 to 2199: single years, ranges, lists or steps.")]
    public void What_is_no_schedule_is_refused_with_what_is_allowed(string text, string reason)
    {
        var message = Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message;

        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026", 2026, 2026, 1)]
    [InlineData("2026-2029", 2026, 2029, 4)]
    [InlineData("2026,2028-2029", 2026, 2029, 3)]
    [InlineData("2026-2036/5", 2026, 2036, 3)]
    [InlineData("2190/4", 2190, 2198, 3)]
    [InlineData("*/100", 1970, 2170, 3)]
    [InlineData("*/1", 1970, 2199, 230)]
    [InlineData("2026-2026", 2026, 2026, 1)]
    public void Years_are_single_or_ranges_or_lists_or_steps(string text, int first, int last, int count)
    {
        var years = YearSet.Parse(text)!;

        var found = new List<int>();
        for (var year = years.NextAfter(0); year is { } next; year = years.NextAfter(next))
        {
            Assert.True(years.Contains(next));
            found.Add(next);
        }

        Assert.Equal((first, last, count), (found[0], found[^1], found.Count));
        Assert.False(years.Contains(first - 1) || years.Contains(last + 1));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("?")]
    public void Every_year_is_no_set(string text) => Assert.Null(YearSet.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1969")]
    [InlineData("2200")]
    [InlineData("2030-2029")]
    [InlineData("2026-2027-2028")]
    [InlineData("2026/0")]
    [InlineData("2026/1/1")]
    [InlineData("2026/x")]
    [InlineData("2026,")]
    [InlineData("?/2")]
    public void What_are_no_years_is_refused(string text) =>
        Assert.Equal("The year must be from 1970 to 2199: single years, ranges, lists or steps.", Assert.Throws<FormatException>(() => YearSet.Parse(text)).Message);
}
