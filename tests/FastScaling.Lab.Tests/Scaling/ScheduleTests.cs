using System.Globalization;
using CsCheck;
using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>Schedules and years at their edges; see <see cref="ScalingEngineTests"/> for the usual ones.</summary>
public sealed class ScheduleTests
{
    private const string WhatYearsMayBe = "The year must be from 1970 to 2199: single years, ranges, lists or steps.";

    private static readonly Gen<int> Year = Gen.Int[1970, 2199];
    private static readonly Gen<(int First, int Last)> Range = Gen.Select(Year, Year, static (a, b) => (Math.Min(a, b), Math.Max(a, b)));
    private static readonly Gen<int> Step = Gen.OneOf(Gen.Int[1, 20], Gen.Int[200, 300], Gen.Const(int.MaxValue));

    // A text, and the years that it means.
    private static readonly Gen<(string Text, int[] Years)> Years = Gen.OneOf(
        Year.Select(static year => ($"{year}", Every(1, year, year))),
        Range.Select(static range => ($"{range.First}-{range.Last}", Every(1, range.First, range.Last))),
        Gen.Select(Range, Step, static (range, step) => ($"{range.First}-{range.Last}/{step}", Every(step, range.First, range.Last))),
        Gen.Select(Year, Step, static (year, step) => ($"{year}/{step}", Every(step, year, 2199))),
        Step.Select(static step => ($"*/{step}", Every(step, 1970, 2199))));

    private static readonly Gen<(string Text, int[] Years)> YearLists = Years.Array[1, 4].Select(static parts =>
        (string.Join(',', parts.Select(static part => part.Text)), parts.SelectMany(static part => part.Years).Distinct().Order().ToArray()));

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
    [InlineData("cron(0 9 * * ? 2200)", WhatYearsMayBe)]
    public void What_is_no_schedule_is_refused_with_what_is_allowed(string text, string reason)
    {
        var message = Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message;

        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_with_years_runs_when_that_of_every_year_does_and_in_those_years_only()
    {
        var when = Gen.Select(OneOf("0 0 1 1 ?", "59 23 31 12 ?", "30 3 29 2 ?"), OneOf("UTC", "America/New_York", "Asia/Seoul"));
        Gen.Select(when, YearLists, Gen.Int[1960, 2200]).Sample((when, years, year) =>
        {
            var (fields, zoneName) = when;
            var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
            var after = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero);
            var always = Schedule.Parse($"cron({fields} *)", zoneName);
            var expected = always.NextAfter(after, after);
            while (expected is { } time && !years.Years.Contains(TimeZoneInfo.ConvertTime(time, zone).Year))
            {
                expected = time.Year > 2200 ? null : always.NextAfter(time, after);
            }

            Assert.Equal(expected, Schedule.Parse($"cron({fields} {years.Text})", zoneName).NextAfter(after, after));
        });
    }

    [Theory]
    [InlineData("2026", 2026)]
    [InlineData("2026-2029", 2026, 2027, 2028, 2029)]
    [InlineData("2026,2028-2029", 2026, 2028, 2029)]
    [InlineData("2026-2036/5", 2026, 2031, 2036)]
    [InlineData("2190/4", 2190, 2194, 2198)]
    [InlineData("*/100", 1970, 2070, 2170)]
    [InlineData("2026-2026", 2026)]
    [InlineData("2027,2026,2027", 2026, 2027)]
    public void Years_are_single_or_ranges_or_lists_or_steps(string text, params int[] expected)
    {
        var years = YearSet.Parse(text)!;

        Assert.Equal(expected, Enumerable.Range(1900, 400).Where(year => years.FirstFrom(year) == year));
    }

    [Fact]
    public void Of_any_years_the_next_one_is_found() => YearLists.Sample(static expected =>
    {
        var years = YearSet.Parse(expected.Text)!;

        foreach (var year in Enumerable.Range(1969, 232))
        {
            Assert.Equal(expected.Years.Where(next => next >= year).Cast<int?>().FirstOrDefault(), years.FirstFrom(year));
        }
    });

    [Theory]
    [InlineData("*")]
    [InlineData("?")]
    public void Every_year_is_no_set(string text) => Assert.Null(YearSet.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1969")]
    [InlineData("2200")]
    [InlineData("-2026")]
    [InlineData("2026-")]
    [InlineData("2030-2029")]
    [InlineData("2026-2200")]
    [InlineData("2026-2027-2028")]
    [InlineData("*-2026")]
    [InlineData("2026/0")]
    [InlineData("2026/-1")]
    [InlineData("2026/1/1")]
    [InlineData("2026/x")]
    [InlineData("2026/2147483648")]
    [InlineData("2026,")]
    [InlineData("2026,1969")]
    [InlineData("?/2")]
    public void What_are_no_years_is_refused(string text) =>
        Assert.Equal(WhatYearsMayBe, Assert.Throws<FormatException>(() => YearSet.Parse(text)).Message);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static int[] Every(int step, int first, int last)
    {
        var years = new List<int>();
        for (long year = first; year <= last; year += step)
        {
            years.Add((int)year);
        }

        return [.. years];
    }
}
