using FastScaling.Lab.Checks;
using FastScaling.Lab.Live.Balancing;
using FastScaling.Lab.Live.Tasks;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Simulation;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.Lab.Live;

/// <summary>Makes of what was asked for what the live run and its replay share, so that the two can be compared.</summary>
internal sealed class LabSetup
{
    private const double DependencyMilliseconds = 5;

    private readonly CheckContext _context;
    private readonly List<string> _notes;

    /// <exception cref="Templates.TemplateException">The template does not say what a run needs.</exception>
    public LabSetup(LabSettings settings)
    {
        Settings = settings;
        _context = new CheckContext(settings.Variant.Template, settings.Variant.ExporterOptions);
        Replay = new ReplaySetup(settings.Variant);
        Assumptions = settings.Assumptions with
        {
            StartTimeMinimum = settings.Assumptions.StartTimeMinimum / settings.StartFactor,
            StartTimeMaximum = settings.Assumptions.StartTimeMaximum / settings.StartFactor,
        };
        Base = Shorten(Replay.Settings(settings.Traffic, Assumptions, null, keepSeries: true));
        _notes = [.. Replay.Notes];
        Note(Base.Policies.Count < Given.Policies.Count, "Target tracking is left out: the tasks of the lab wait and burn no processor time.");
        Note(Given.MaxCapacity > settings.MaxTasks, FormattableString.Invariant($"The template allows {Given.MaxCapacity} tasks; the lab starts at most {settings.MaxTasks} (--max-tasks)."));
        var lowest = Base.Alarms
            .Where(alarm => alarm.Source?.Metric.Equals(Requests) == true && alarm.Comparison is AlarmComparison.GreaterThanThreshold or AlarmComparison.GreaterThanOrEqualToThreshold)
            .Select(static alarm => alarm.Threshold)
            .DefaultIfEmpty(0)
            .Min();
        Note(lowest > settings.Assumptions.TaskCapacity, FormattableString.Invariant(
            $"Alarms of the template begin at {lowest:0.##} requests a second and task, and a task of the lab serves {settings.Assumptions.TaskCapacity:0.##}: set --task-capacity, or lower the thresholds by --parameter."));
        Note(_context.Published.Options.ExportInterval.TotalSeconds > 10, "ExportInterval is longer than the periods of fast alarms.");
    }

    public LabSettings Settings { get; }

    public ReplaySetup Replay { get; }

    /// <summary>With start times shortened.</summary>
    public ReplayAssumptions Assumptions { get; }

    /// <summary>Everything but the traffic: service, policies, alarms, prices.</summary>
    public SimulationSettings Base { get; }

    /// <summary>What of the template is not run.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public FastScalingCloudWatchExporterOptions Exporter => _context.Published.Options;

    public TaskSettings Task(Uri cloudWatch)
    {
        var section = FastScalingCloudWatchExporterOptions.ConfigurationSection;
        var options = (_context.Task?.Environment ?? new Dictionary<string, Templates.ScalarNode>())
            .Where(static variable => variable.Value.Unknown is null)
            .Select(static variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value.Text))
            .Concat(Settings.Variant.ExporterOptions.Select(option => KeyValuePair.Create($"{section}:{option.Key.Replace("__", ":", StringComparison.Ordinal)}", option.Value)))
            .Where(option => option.Key.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
            .Concat(Dimensions.Select(dimension => KeyValuePair.Create($"{section}:Dimensions:{dimension.Key}", dimension.Value)))
            .Append(KeyValuePair.Create($"{section}:Endpoint", cloudWatch.AbsoluteUri))
            .Append(KeyValuePair.Create($"{section}:Region", "us-east-1"));
        var concurrency = Base.ServiceModel.Concurrency;
        var service = concurrency * 1000 / Settings.Assumptions.TaskCapacity;
        return new TaskSettings
        {
            ServiceName = Base.Service,
            Concurrency = concurrency,
            DependencyMilliseconds = Math.Min(DependencyMilliseconds, service / 2),
            ServiceMilliseconds = service - Math.Min(DependencyMilliseconds, service / 2),
            Exporter = options.GroupBy(static option => option.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(static group => group.Key, static group => group.Last().Value),
        };
    }

    public FleetSettings Fleet => new()
    {
        StartTimeMinimum = Base.ServiceModel.StartTimeMinimum,
        StartTimeMaximum = Base.ServiceModel.StartTimeMaximum,
        DrainTime = Base.ServiceModel.DeregistrationDelay,
        MaxTasks = Settings.MaxTasks,
        Seed = Settings.Assumptions.Seed,
    };

    public BalancerSettings Balancer => new()
    {
        HealthCheckInterval = Base.ServiceModel.HealthCheckInterval,
        HealthCheckTimeout = Base.ServiceModel.HealthCheckTimeout,
        UnhealthyThreshold = Base.ServiceModel.UnhealthyThreshold,
        IsLeastOutstanding = Base.ServiceModel.Balancer == Service.BalancerAlgorithm.LeastOutstandingRequests,
    };

    /// <summary>The metric that counts requests, as the tasks publish it.</summary>
    public MetricIdentity Requests => new(Exporter.Namespace, "RequestsPerSecond", Dimensions);

    /// <summary>The same run in simulated time.</summary>
    /// <param name="traffic">Second by second.</param>
    /// <param name="start">When second 0 was.</param>
    /// <param name="surges">Seconds at which surges began.</param>
    /// <param name="seed">Of what is left to chance: start times, delays, phases of alarms and exporters.</param>
    public SimulationSettings Model(IReadOnlyList<int> traffic, DateTimeOffset start, IReadOnlyList<int> surges, int seed) =>
        Base with { Traffic = traffic, Start = start, Surges = surges, Seed = seed };

    private SimulationSettings Given => Replay.Settings(Settings.Traffic, Assumptions, null, keepSeries: false);

    private IEnumerable<KeyValuePair<string, string>> Dimensions => Exporter.Dimensions.Count > 0
        ? Exporter.Dimensions.OrderBy(static dimension => dimension.Key, StringComparer.Ordinal)
        : [KeyValuePair.Create(DimensionNames.ClusterName, Base.Cluster), KeyValuePair.Create(DimensionNames.ServiceName, Base.Service)];

    private SimulationSettings Shorten(SimulationSettings given) => given with
    {
        Policies = [.. given.Policies.Where(static policy => policy.Step is not null)],
        MinCapacity = Math.Min(given.MinCapacity, Settings.MaxTasks),
        MaxCapacity = Math.Min(given.MaxCapacity, Settings.MaxTasks),
        InitialCount = Math.Clamp(given.InitialCount, 1, Settings.MaxTasks),
        ServiceModel = given.ServiceModel with
        {
            Concurrency = Math.Max(1, (int)Math.Round(Settings.Assumptions.TaskCapacity * Settings.Assumptions.ServiceTime / 1000)),
            DeregistrationDelay = given.ServiceModel.DeregistrationDelay / Settings.StartFactor,

            // As the tasks of the lab are: their health endpoint does not wait, they are warm soon, and the clients do not try again.
            HealthCheckWaits = false,
            ColdRequests = 0,
            MaxRetries = 0,
        },
    };

    private void Note(bool condition, string note)
    {
        if (condition)
        {
            _notes.Add(note);
        }
    }
}
