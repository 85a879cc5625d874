using System.Globalization;
using FastScaling.Lab.Scaling;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Tests.Simulation;

/// <summary>The models against figures that others published. They were not tuned for them; the table stands in docs/models.md.</summary>
public sealed class PredictionTests
{
    private const int Runs = 30;
    private const int Surge = 300;

    private static readonly string[] Heading =
    [
        "| case | published | predicted: median (least to most of 30 runs) |",
        "|---|---|---|",
    ];

    [Fact]
    public void The_table_in_the_documents_is_what_the_models_give()
    {
        var minute = Predict(seed => Tracking(seed, isHighResolution: false));
        var fast = Predict(seed => Tracking(seed, isHighResolution: true));
        var emf = Predict(Emf);
        string[] table =
        [
            .. Heading,
            Row("One-minute CPU target tracking, to the trigger", "363 s", minute.Select(static surge => surge.Scaled)),
            Row("the same, to the first new healthy task", "386 s", minute.Select(static surge => surge.FirstTask)),
            Row("20-second CPU target tracking, to the trigger", "86 s", fast.Select(static surge => surge.Scaled)),
            Row("the same, to the first new healthy task", "109 s", fast.Select(static surge => surge.FirstTask)),
            Row("10-second alarm fed by EMF, to the trigger", "10 to 15 s", emf.Select(static surge => surge.Scaled)),
            Row("the same, from the trigger to a healthy task", "about 55 s", emf.Select(static surge => surge.FirstTask - surge.Scaled)),
        ];

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "models.md")))
        {
            folder = folder.Parent;
        }

        var document = File.ReadAllText(Path.Combine(folder!.FullName, "docs", "models.md"));
        var expected = string.Join('\n', table);
        Assert.True(document.Contains(expected, StringComparison.Ordinal), $"docs/models.md should hold:\n{expected}");
    }

    private static SurgeResult[] Predict(Func<int, SimulationSettings> settings) =>
        [.. Enumerable.Range(1, Runs).Select(seed => ClosedLoop.Run(settings(seed)).Surges.Single())];

    private static string Row(string name, string published, IEnumerable<double?> values)
    {
        double[] sorted = [.. values.Select(static value => value!.Value).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {published} | {sorted[sorted.Length / 2]:0} s ({sorted[0]:0} to {sorted[^1]:0} s) |");
    }

    // Ten tasks at 30 % of their processor, then at 80 %; the target is 60 %. The surge comes at any moment of a minute.
    private static SimulationSettings Tracking(int seed, bool isHighResolution)
    {
        var surge = Surge + (2 * seed);
        var type = "ECSServiceAverageCPUUtilization" + (isHighResolution ? "HighResolution" : "");
        return new SimulationSettings
        {
            Traffic = Kit.Traffic(surge + 600, second => second < surge ? 600 : 1600, seed),
            Policies = [new("cpu", null, new TargetTrackingConfiguration { TargetValue = 60, PredefinedMetricType = type, DisableScaleIn = true })],
            Alarms = [],
            InitialCount = 10,
            Surges = [surge],
            Seed = seed,
            EcsHighResolution = isHighResolution,
            KeepSeries = false,
        };
    }

    // Sent every five seconds by the log driver; then the log has to be read: two to ten seconds are taken here, nothing is published.
    private static SimulationSettings Emf(int seed)
    {
        var surge = Surge + (2 * seed);
        return new SimulationSettings
        {
            Traffic = Kit.Traffic(surge + 200, second => second < surge ? 600 : 1600, seed),
            Policies = [new("burst", new StepScalingConfiguration { AdjustmentType = AdjustmentType.ChangeInCapacity, Cooldown = 60, Steps = [new(0, 20, 1), new(20, null, 2)] })],
            Alarms = [Kit.Above("burst", "RequestsPerSecond", 120, "Maximum")],
            CloudWatch = new CloudWatchSettings { IngestionDelayMinimum = TimeSpan.FromSeconds(2), IngestionDelayMaximum = TimeSpan.FromSeconds(10) },
            InitialCount = 10,
            Surges = [surge],
            Seed = seed,
            KeepSeries = false,
        };
    }
}
