using System.Globalization;
using System.Text.Json.Nodes;
using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.DeploymentKit.Tests.Templates;
using FastScaling.Otel.Exporter.CloudWatch;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>Works out the figures of docs/cost.md from its own prices and from the template.</summary>
public class CostTests
{
    private const double HoursOfMonth = 730;
    private const double SecondsOfMonth = HoursOfMonth * 3600;
    private const double Call = 0.01 / 1000;
    private const double Metric = 0.30;
    private const double HighResolutionAlarm = 0.30;
    private const double Alarm = 0.10;
    private const double LogGigabyte = 0.50;
    private const double CpuHour = 0.04048;
    private const double MemoryHour = 0.004445;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly double Interval = new FastScalingCloudWatchExporterOptions().ExportInterval.TotalSeconds;
    private static readonly string Document = Markdown.Read("cost.md");

    // Quiet for nine tenths of the time, then a call each 30 s.
    private static double QuietTask => SecondsOfMonth * ((0.1 / Interval) + (0.9 / 30)) * Call;

    private static double BusyTask => SecondsOfMonth / Interval * Call;

    // 1.5 KB and 26 bytes of overhead for each event.
    private static double EmfTask => SecondsOfMonth / Interval * 1526 / 1e9 * LogGigabyte;

    private static double Sidecar => PriceOf(0.25, 0.5);

    private static double Fixed => (Published.Signals.Count * Metric) + (AlarmMetrics(10) * HighResolutionAlarm) + ((AlarmMetrics(60) + CpuTracking) * Alarm);

    // The alarm that a target tracking policy which only scales out makes for itself.
    private static int CpuTracking => 1;

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(500)]
    public void The_worked_examples_follow_from_the_formulas(int tasks)
    {
        var template = Template.Kit.With().Properties("TaskDefinition");
        var fleet = tasks * PriceOf(double.Parse((string)template["Cpu"]!, Culture) / 1024, double.Parse((string)template["Memory"]!, Culture) / 1024);
        var busy = Fixed + (tasks * BusyTask);
        var quiet = Fixed + (tasks * QuietTask);

        string[] expected =
        [
            tasks.ToString(Culture),
            Dollars(fleet),
            Dollars(busy),
            Share(busy / fleet),
            Dollars(quiet),
            Share(quiet / fleet),
            Dollars(Fixed + (tasks * EmfTask)),
            Dollars(Fixed + (tasks * (EmfTask + Sidecar))),
        ];
        Assert.Equal(expected, Markdown.Rows(Document).Single(row => row[0] == expected[0]));
    }

    [Fact]
    public void The_figures_in_the_text_are_the_same()
    {
        string[] figures =
        [
            $"At 5 s {(SecondsOfMonth / Interval).ToString("N0", Culture)}, **{Dollars(BusyTask)}**",
            $"{(QuietTask / Call).ToString("N0", Culture)}, **{Dollars(QuietTask)}**",
            $"{AlarmMetrics(10)} metrics in alarms of ten seconds",
            $"{AlarmMetrics(60) + CpuTracking} in alarms of a minute",
            $"= **{Dollars(Fixed)}**",
            $"{Dollars(EmfTask)} a task",
            $"{Dollars(Sidecar)} a task",
            $"2 vCPU and 4 GB ({Dollars(PriceOf(2, 4))}) the calls are {Share(BusyTask / PriceOf(2, 4))}, in quiet mode {Share(QuietTask / PriceOf(2, 4))}",
            $"at {MaxExtraCalls} {Dollars(MaxExtraCalls * HoursOfMonth * Call)} if every hour",
        ];

        Assert.All(figures, figure => Assert.Contains(figure, Document, StringComparison.Ordinal));
    }

    private static double MaxExtraCalls => (double)Template.Kit.Parameters["MaxExtraCallsPerHour"]!["Default"]!;

    private static int AlarmMetrics(int period) => Template.Kit.With().OfType("AWS::CloudWatch::Alarm")
        .SelectMany(alarm => alarm.Properties["Metrics"]!.AsArray())
        .Count(query => query!["MetricStat"] is JsonObject stat && (double)stat["Period"]! == period);

    private static double PriceOf(double cpus, double gigabytes) => HoursOfMonth * ((cpus * CpuHour) + (gigabytes * MemoryHour));

    private static string Dollars(double value) => value.ToString("$#,0.00", Culture);

    private static string Share(double value) => $"{(100 * value).ToString("0.0", Culture)} %";
}
