using FastScaling.Benchmarks.Soak;

namespace FastScaling.Benchmarks.Tests.Soak;

/// <summary>A judge that finds nothing wrong would be of no use: each wrong is done to books that agree.</summary>
public sealed class SoakJudgeTests
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);

    // Three requests a second for ten minutes.
    private static readonly HeldPoint[] Rates = [.. Enumerable.Range(0, 600).Select(static i => new HeldPoint(Begin.ToUnixTimeSeconds() + i, 1, 3))];
    private static readonly HeldPoint[] Durations = [.. Rates.Select(static point => new HeldPoint(point.Second, 3, 60))];

    [Fact]
    public void Books_that_agree_and_memory_that_stays_are_held() => Assert.Empty(NotHeld(Rates, Durations, Book()));

    [Fact]
    public void A_datum_that_is_lost_but_counted_as_unknown_is_held() =>
        Assert.Empty(NotHeld([.. Rates[..225], .. Rates[230..]], Durations, Book() with { Data = Data(accepted: 1195, unknown: 5) }, lost: Rates[225..230]));

    [Fact]
    public void A_request_that_is_missing_is_found() =>
        Assert.Contains(NotHeld(Rates, Durations, Book() with { EndedRequests = 1801 }), static name => name.Contains("requests in RequestsPerSecond", StringComparison.Ordinal));

    [Fact]
    public void A_datum_that_came_twice_is_found() =>
        Assert.Contains(NotHeld(Rates, Durations, Book(), lost: Rates[..1]), static name => name.Contains("came twice", StringComparison.Ordinal));

    [Fact]
    public void A_point_of_two_samples_is_found() =>
        Assert.Contains(NotHeld([new HeldPoint(Rates[0].Second, 2, 3), .. Rates[1..]], Durations, Book()), static name => name.Contains("came twice", StringComparison.Ordinal));

    [Fact]
    public void A_gap_is_found() =>
        Assert.Contains(NotHeld([.. Rates[..10], .. Rates[11..]], Durations, Book()), static name => name.Contains("longest gap", StringComparison.Ordinal));

    [Fact]
    public void A_gap_in_CloudWatch_alone_is_allowed_only_where_calls_were_lost()
    {
        // From 22 to 24 of 60 parts answers are cut: seconds 220 to 240 of ten minutes.
        Assert.DoesNotContain(NotHeld([.. Rates[..225], .. Rates[230..]], Durations, Book(), lost: Rates[225..230]), static name => name.Contains("longest gap", StringComparison.Ordinal));
        Assert.Contains(NotHeld([.. Rates[..25], .. Rates[30..]], Durations, Book(), lost: Rates[25..30]), static name => name.Contains("longest gap", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_without_an_account_are_found() =>
        Assert.Contains(NotHeld(Rates, Durations, Book() with { SampledData = 1201 }), static name => name.Contains("= sampled", StringComparison.Ordinal));

    [Theory]
    [InlineData("resident memory", 100e6, 0, 0, 0)]
    [InlineData("live managed heap", 0, 100e6, 0, 0)]
    [InlineData("open handles", 0, 0, 30, 0)]
    [InlineData("threads", 0, 0, 0, 30)]
    public void What_grows_is_found(string what, double resident, double heap, double handles, double threads)
    {
        ProcessSample[] samples =
        [
            .. Enumerable.Range(0, 60).Select(i => i / 60.0).Select(moment => new ProcessSample(
                moment, (long)(80e6 + (resident * moment)), (int)(60 + (handles * moment)), (int)(20 + (threads * moment)), moment, (long)(10e6 + (heap * moment)))),
        ];

        Assert.Equal([what], NotHeld(Rates, Durations, Book(), samples: samples).Select(name => name.Split(',', ':')[0]));
    }

    [Fact]
    public void Every_fault_has_its_time_and_the_end_is_well()
    {
        Assert.Equal(Enum.GetValues<SoakFault>().Order(), Enumerable.Range(0, 3600).Select(static second => SoakPlan.FaultAt(second / 3600.0)).Distinct().Order());
        Assert.All(SoakPlan.Phases.Zip(SoakPlan.Phases.Skip(1)), static pair => Assert.True(pair.First.To < pair.Second.From));
        Assert.Equal(SoakFault.None, SoakPlan.FaultAt(0.9));
        Assert.Equal(SoakFault.None, SoakPlan.FaultAt(SoakPlan.Restart));
    }

    private static List<string> NotHeld(
        IReadOnlyList<HeldPoint> rates, IReadOnlyList<HeldPoint> durations, ServiceBook book, IReadOnlyList<HeldPoint>? lost = null, IReadOnlyList<ProcessSample>? samples = null)
    {
        var outcome = new SoakOutcome(
            TimeSpan.FromMinutes(10),
            Begin,
            [new SoakService("a", book, TimeSpan.FromSeconds(1), new Dictionary<string, int>())],
            [
                new CloudWatchBook(
                    [new HeldSeries(false, "a", "RequestsPerSecond", rates), new HeldSeries(false, "a", "ResponseTime", durations), new HeldSeries(true, "a", "RequestsPerSecond", lost ?? [])],
                    new Dictionary<string, int>(),
                    []),
            ],
            samples ?? [.. Enumerable.Range(0, 60).Select(static i => new ProcessSample(i / 60.0, 80_000_000, 60, 20, i, 10_000_000))],
            [],
            1800,
            0);
        return [.. SoakJudge.Check(outcome).Where(static check => !check.IsMet).Select(static check => check.Name)];
    }

    private static ServiceBook Book() => new(true, 1800, 1200, 0, 0, Data(1200, 0), 0, 0);

    private static Dictionary<string, long> Data(long accepted, long unknown) => new() { ["accepted"] = accepted, ["unknown"] = unknown, ["expired"] = 0 };
}
