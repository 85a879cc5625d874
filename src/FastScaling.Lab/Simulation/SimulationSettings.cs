using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Simulation;

/// <summary>One run of the closed loop. Two runs with equal settings give equal results.</summary>
internal sealed record SimulationSettings
{
    /// <summary>Requests that clients send in each second, retries not counted. Its length is that of the run.</summary>
    public required IReadOnlyList<int> Traffic { get; init; }

    public required IReadOnlyList<PolicyDefinition> Policies { get; init; }

    /// <summary>Their actions name policies by <see cref="PolicyDefinition.ActionFor"/>; others are ignored.</summary>
    public required IReadOnlyList<AlarmDefinition> Alarms { get; init; }

    public IReadOnlyList<ScheduledLimits> ScheduledActions { get; init; } = [];

    /// <summary>The simulated second 0. Default a Monday, 2026-11-23 00:00 UTC: schedules refer to it.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public int Seed { get; init; } = 1;

    /// <summary>Tasks at the start, running and warm.</summary>
    public int InitialCount { get; init; } = 2;

    public int MinCapacity { get; init; } = 2;

    public int MaxCapacity { get; init; } = 100;

    public string Namespace { get; init; } = "FastScaling";

    public string Cluster { get; init; } = "cluster";

    public string Service { get; init; } = "service";

    public ServiceSettings ServiceModel { get; init; } = new();

    public ExporterModelSettings Exporter { get; init; } = new();

    /// <summary>Makes the plan of each task; null for <see cref="IntervalPlan"/>.</summary>
    public Func<ExporterModelSettings, Random, IExportPlan>? Plan { get; init; }

    public CloudWatchSettings CloudWatch { get; init; } = DefaultCloudWatch;

    public ScalingAssumptions Scaling { get; init; } = ScalingAssumptions.Default;

    /// <summary>From an alarm's action to the new desired count, shortest. Default 1 s; nothing is documented. Range 0 to 10 s.</summary>
    public TimeSpan ActionDelayMinimum { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same, longest. Default 3 s.</summary>
    public TimeSpan ActionDelayMaximum { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Time from the end of a period of ECS's own CPU metric until it can be read, as a multiple of the period. Default 1: a datum comes within one more period.
    /// Nothing is documented. Range 0.25 to 2.
    /// </summary>
    public double EcsMetricDelayPeriods { get; init; } = 1;

    /// <summary>Whether ECS publishes its CPU metric every 20 s instead of every minute.</summary>
    public bool EcsHighResolution { get; init; }

    /// <summary>Part of the tasks whose exporter sends nothing. Default 0.</summary>
    public double SilentPart { get; init; }

    /// <summary>When they fall silent, in seconds.</summary>
    public int SilentFrom { get; init; }

    public IReadOnlyList<DependencyEpisode> Dependency { get; init; } = [];

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    public IReadOnlyList<PlannedDeployment> Deployments { get; init; } = [];

    public IReadOnlyList<PlannedKill> Kills { get; init; } = [];

    /// <summary>Seconds at which a surge begins: detection and recovery are measured from there.</summary>
    public IReadOnlyList<int> Surges { get; init; } = [];

    /// <summary>Whether the result holds a point for every second. Default <see langword="true"/>.</summary>
    public bool KeepSeries { get; init; } = true;

    public SimulationPrices Prices { get; init; } = new();

    /// <summary>Data are readable 1 to 4 s after the call: "within seconds" (AWS news blog, 2017) is all that is stated. Range to try: 1 to 10 s.</summary>
    public static CloudWatchSettings DefaultCloudWatch { get; } = new()
    {
        IngestionDelayMinimum = TimeSpan.FromSeconds(1),
        IngestionDelayMaximum = TimeSpan.FromSeconds(4),
    };
}
