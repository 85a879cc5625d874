using System.Text.Json;
using System.Text.RegularExpressions;
using FastScaling.Lab.Commands;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Reports;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Tests.Templates;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Tests.Replay;

public partial class ReplayTests
{
    // A step to four times the load after five minutes, for 20 minutes in all.
    private static readonly TrafficProfile Step = TrafficGenerator.Generate(ProfileKind.Step, 1200, 140, 4, 1);

    private static readonly Lazy<ReplayResult> Both = new(() => Result(Variant("builtin"), Variant("seed")));

    [Fact]
    public void A_surge_is_detected_and_answered()
    {
        var run = Both.Value.Outcomes[0].Base;

        Assert.Equal((1, 1, 1, 0), (run.Surges, run.Detected, run.Overloads, run.NeverEnough));
        // A sample, a call, the ingestion delay and an evaluation: 0 to 25 s.
        Assert.InRange(run.DetectionMedian!.Value, 1, 25);
        Assert.InRange(run.EnoughMedian!.Value, 23, 200);
        Assert.InRange(run.PeakTasks, 4, 20);
    }

    [Fact]
    public void Several_alarms_give_enough_capacity_sooner_than_one()
    {
        var (several, one) = (Both.Value.Outcomes[0].Base, Both.Value.Outcomes[1].Base);

        Assert.True(several.EnoughMedian < (one.EnoughMedian ?? double.MaxValue), $"{several.EnoughMedian} {one.EnoughMedian}");
        Assert.True(several.Lost < one.Lost, $"{several.Lost} {one.Lost}");
    }

    [Fact]
    public void The_same_replay_twice_gives_the_same_json()
    {
        var first = Json(Result(Variant("builtin")));
        var second = Json(Result(Variant("builtin")));

        Assert.Equal(first, second);
        Assert.NotEqual(first, Json(Result(new ReplayAssumptions { Seed = 2 }, Variant("builtin"))));
    }

    [Fact]
    public void The_json_has_its_schema()
    {
        using var document = JsonDocument.Parse(Json(Both.Value));

        var root = document.RootElement;
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(1200, root.GetProperty("traffic").GetProperty("seconds").GetInt32());
        Assert.Equal(23, root.GetProperty("assumptions").GetProperty("startTimeMinimum").GetDouble());
        var variants = root.GetProperty("variants").EnumerateArray().ToArray();
        Assert.Equal(["builtin", "seed"], variants.Select(variant => variant.GetProperty("name").GetString()));
        foreach (var variant in variants)
        {
            var summary = variant.GetProperty("summary");
            foreach (var name in new[] { "surges", "detected", "requests", "lost", "overGoal", "peakTasks", "finalTasks", "reversals", "reversalsInFiveMinutes", "replaced", "calls" })
            {
                Assert.True(summary.GetProperty(name).TryGetInt64(out _), name);
            }

            foreach (var name in new[] { "queued", "taskHours", "taskCost", "metricCost" })
            {
                Assert.True(summary.GetProperty(name).GetDouble() >= 0, name);
            }

            Assert.Equal(JsonValueKind.Array, variant.GetProperty("surges").ValueKind);
            Assert.NotEmpty(variant.GetProperty("events").EnumerateArray());
        }
    }

    [Fact]
    public void The_page_needs_no_network_and_has_its_charts_in_it()
    {
        using var writer = new StringWriter();
        HtmlReport.Write(writer, Both.Value);
        var page = writer.ToString();

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("var uPlot=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(?i)\b(src|href)\s*=\s*["']?(https?:)?//""", page);
        Assert.DoesNotMatch(@"(?i)url\(\s*['""]?(https?:)?//", page);

        // The only address is in the chart library's notice of its origin.
        Assert.All(UrlPattern().Matches(page), match => Assert.StartsWith("https://github.com/leeoniya/uPlot", match.Value, StringComparison.Ordinal));
        Assert.Equal(4, Regex.Count(page, "id=\"chart-[0-9]\""));
    }

    [Fact]
    public void What_a_template_says_cannot_break_out_of_the_page()
    {
        var variant = Variant("builtin") with { Name = "</script><script>alert(1)</script>" };
        using var writer = new StringWriter();
        HtmlReport.Write(writer, Result(variant));

        Assert.DoesNotContain("<script>alert", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_enclose_the_base()
    {
        var traffic = Step.Part(0, 700);
        var outcome = ReplayRunner.Run(Variant("builtin"), traffic, new ReplayAssumptions(), null, withRanges: true, null, TestContext.Current.CancellationToken);

        Assert.Equal(3, outcome.Range.Count);
        // Under the unfavourable ones it may never be enough.
        Assert.True(outcome.Range[1].EnoughMedian <= (outcome.Range[2].EnoughMedian ?? double.MaxValue));
        Assert.Contains("–", SummaryRow.All.First(row => row.Label == "enough capacity after, median").Text(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_of_the_exporter_changes_the_calls()
    {
        var slow = Result(Variant("builtin"), Variant("builtin") with { ExporterOptions = new Dictionary<string, string> { ["ExportInterval"] = "10" } });

        Assert.True(slow.Outcomes[1].Base.Calls < 0.7 * slow.Outcomes[0].Base.Calls);
    }

    [Fact]
    public void What_cannot_be_replayed_is_an_error_at_its_place()
    {
        var text = TemplateText.Plain.Replace("Statistic: Average", "ExtendedStatistic: tm90", StringComparison.Ordinal);
        var variant = new ReplayVariant("x", TemplateReader.Read(text, "x"), new Dictionary<string, string>());

        var error = Assert.Throws<TemplateException>(() => Result(variant));

        Assert.Contains("the statistic tm90 is not replayed", error.Message, StringComparison.Ordinal);
        Assert.True(error.Mark.Line > 1);
    }

    [Fact]
    public void A_scheduled_action_of_the_template_is_replayed()
    {
        var text = TemplateText.Plain.Replace(
            "      MaxCapacity: !Ref MaxTasks\n",
            "      MaxCapacity: !Ref MaxTasks\n      ScheduledActions:\n        - { ScheduledActionName: peak, Schedule: \"cron(5 0 * * ? *)\", ScalableTargetAction: { MinCapacity: 6 } }\n",
            StringComparison.Ordinal);
        var quiet = TrafficGenerator.Generate(ProfileKind.Step, 600, 10, 1, 1);
        var variant = new ReplayVariant("x", TemplateReader.Read(text, "x"), new Dictionary<string, string>());

        Assert.Equal(6, ReplayRunner.Run(variant, quiet, new ReplayAssumptions(), null, false, null, TestContext.Current.CancellationToken).Base.PeakTasks);
    }

    private static ReplayVariant Variant(string name) => new(name, TemplateFiles.Load(name, []), new Dictionary<string, string>());

    private static ReplayResult Result(params ReplayVariant[] variants) => Result(new ReplayAssumptions(), variants);

    private static ReplayResult Result(ReplayAssumptions assumptions, params ReplayVariant[] variants) => new(
        Step, assumptions, false, [.. variants.Select(variant => ReplayRunner.Run(variant, Step, assumptions, null, false, null, CancellationToken.None))], TimeSpan.Zero);

    private static string Json(ReplayResult result)
    {
        using var writer = new StringWriter();
        ReplayJson.Write(writer, result);
        return writer.ToString();
    }

    [GeneratedRegex(@"https?://[^\s""'<>)]*")]
    private static partial Regex UrlPattern();
}
