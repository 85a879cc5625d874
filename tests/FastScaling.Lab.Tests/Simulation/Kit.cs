using FastScaling.Lab.Scaling;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.Lab.Tests.Simulation;

/// <summary>A set of alarms and policies of the kind that the deployment has, for the scenarios, and their traffic.</summary>
internal static class Kit
{
    private static readonly KeyValuePair<string, string>[] Dimensions = [new("ClusterName", "cluster"), new("ServiceName", "service")];

    public static IReadOnlyList<PolicyDefinition> Policies { get; } =
    [
        new("rate-100", Change(10, 1)),
        new("rate-150", Change(10, 2)),
        new("rate-200", new StepScalingConfiguration { AdjustmentType = AdjustmentType.PercentChangeInCapacity, MinAdjustmentMagnitude = 4, Cooldown = 10, Steps = [new(0, null, 50)] }),
        new("active", Change(30, 2)),
        new("queue", Change(30, 2)),

        // One task at a time, behind an alarm that falls silent as soon as each task has less to do.
        new("slow", Change(60, 1)),
        new("in", new StepScalingConfiguration { AdjustmentType = AdjustmentType.ChangeInCapacity, Cooldown = 30, Steps = [new(0, null, -1)] }),
    ];

    public static IReadOnlyList<AlarmDefinition> Alarms { get; } =
    [
        Above("rate-100", "RequestsPerSecond", 100),
        Above("rate-150", "RequestsPerSecond", 150),
        Above("rate-200", "RequestsPerSecond", 200),
        Above("active", "ActiveRequests", 40),
        Above("queue", "QueueDelay", 500),
        Math("slow", "IF(time > 500 AND rate > 20 AND active > 30, 1, 0)", 3),
        Math("in", "IF(rate < 60 AND active < 15 AND queue < 50, 1, 0)", 12),
    ];

    public static SimulationSettings Settings(IReadOnlyList<int> traffic, int tasks = 4) => new()
    {
        Traffic = traffic,
        Policies = Policies,
        Alarms = Alarms,
        InitialCount = tasks,
        MinCapacity = 2,
        MaxCapacity = 20,
    };

    /// <summary>Independent arrivals: the noise of a Poisson process around a level that may change.</summary>
    public static int[] Traffic(int seconds, Func<int, double> level, int seed = 7)
    {
        var random = new Random(seed);
        var traffic = new int[seconds];
        for (var i = 0; i < seconds; i++)
        {
            var mean = level(i);
            var normal = System.Math.Sqrt(-2 * System.Math.Log(1 - random.NextDouble())) * System.Math.Cos(2 * System.Math.PI * random.NextDouble());
            traffic[i] = (int)System.Math.Max(0, System.Math.Round(mean + (System.Math.Sqrt(mean) * normal)));
        }

        return traffic;
    }

    public static AlarmDefinition Above(string policy, string metric, double threshold, string statistic = "Average") => new()
    {
        Name = policy,
        Source = Source(metric, statistic),
        Comparison = AlarmComparison.GreaterThanThreshold,
        Threshold = threshold,
        Period = 10,
        MissingData = MissingData.NotBreaching,
        AlarmActions = [PolicyDefinition.ActionFor(policy)],
    };

    private static AlarmDefinition Math(string policy, string expression, int periods) => new()
    {
        Name = policy,
        Queries =
        [
            new("rate", null, false) { Source = Source("RequestsPerSecond") },
            new("active", null, false) { Source = Source("ActiveRequests") },
            new("time", null, false) { Source = Source("ResponseTime") },
            new("queue", null, false) { Source = Source("QueueDelay") },
            new("result", null, true) { Expression = MathParser.Parse(expression), Text = expression, Period = 10 },
        ],
        Comparison = AlarmComparison.GreaterThanOrEqualToThreshold,
        Threshold = 1,
        Period = 10,
        EvaluationPeriods = periods,
        MissingData = MissingData.NotBreaching,
        AlarmActions = [PolicyDefinition.ActionFor(policy)],
    };

    private static StepScalingConfiguration Change(int cooldown, int tasks) =>
        new() { AdjustmentType = AdjustmentType.ChangeInCapacity, Cooldown = cooldown, Steps = [new(0, null, tasks)] };

    private static MetricSource Source(string metric, string statistic = "Average") =>
        new(new MetricIdentity("FastScaling", metric, Dimensions), FleetMetrics.Units[(int)Enum.Parse<SignalKind>(metric)], Statistic.Plain(statistic)!, 10);
}
