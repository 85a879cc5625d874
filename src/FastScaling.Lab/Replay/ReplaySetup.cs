using FastScaling.Lab.Checks;
using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Replay;

/// <summary>Makes of a template what the simulation runs: what is simulated is what would run.</summary>
internal sealed class ReplaySetup
{
    private readonly ScalingTemplate _template;
    private readonly CheckContext _context;
    private readonly ScalableTargetResource _target;
    private readonly List<string> _notes = [];

    /// <exception cref="TemplateException">The template does not say what a simulation needs.</exception>
    public ReplaySetup(ReplayVariant variant)
    {
        _template = variant.Template;
        _context = new CheckContext(_template, variant.ExporterOptions);
        if (_context.Published.Errors is [var error, ..])
        {
            throw new TemplateException(_context.Task?.Properties.Mark ?? new Mark(1, 1), error);
        }

        _target = _template.Targets is [var first, ..]
            ? first
            : throw new TemplateException(new Mark(1, 1), "The template has no AWS::ApplicationAutoScaling::ScalableTarget, so there is nothing to scale.");
        Note(_template.Targets.Count > 1, $"Only the first of {_template.Targets.Count} scalable targets is replayed: {_target.Id}.");
        Note(_context.Published.Options.Dimensions.Count > 0, "The option Dimensions is not modelled: the replay publishes ClusterName and ServiceName.");
        Note(_context.Published.Options.StorageResolution != 1, "The option StorageResolution is not modelled: the replay publishes with resolution 1.");
        var errors = TemplateChecker.Check(_template).Count(finding => finding.Severity == Severity.Error);
        Note(errors > 0, $"'fastscaling check' finds {errors} error{(errors == 1 ? "" : "s")} in this template.");
    }

    /// <summary>What of the template is not simulated.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>US dollars for metrics and alarms in a month.</summary>
    public double MonthlyFees => (_context.Published.Names.Count() * Costs.PriceList.Metric)
        + _template.Alarms.Sum(alarm => alarm.AllMetrics.Count() * (alarm.Period < 60 ? Costs.PriceList.FastAlarmMetric : Costs.PriceList.AlarmMetric));

    /// <summary>US dollars for one task and hour, by the size of the task definition.</summary>
    public double TaskHourPrice => Costs.FleetCost.TaskHours(1, (_context.Task?.Cpu ?? 1024) / 1024.0, (_context.Task?.Memory ?? 2048) / 1024.0);

    public SimulationSettings Settings(TrafficProfile traffic, ReplayAssumptions assumptions, int? initialTasks, bool keepSeries)
    {
        var policies = _template.Policies.Where(policy => _template.TargetOf(policy) is not { } target || target == _target).ToArray();
        var group = _template.TargetGroups.FirstOrDefault(one => _context.Service?.TargetGroupIds.Contains(one.Id, StringComparer.Ordinal) == true)
            ?? (_template.TargetGroups is [var only, ..] ? only : null);
        var options = _context.Published.Options;
        return new SimulationSettings
        {
            Traffic = traffic.Requests,
            Policies = [.. policies.Select(ToPolicy)],
            Alarms = [.. _template.Alarms.Where(alarm => alarm.ActionsEnabled).Select(AlarmTranslation.Translate).OfType<LocalCloudWatch.Alarms.AlarmDefinition>()],
            ScheduledActions = _target.IsScheduledSuspended ? [] : [.. _target.ScheduledActions.Select(ToScheduled)],
            Seed = assumptions.Seed,
            InitialCount = Math.Clamp(initialTasks ?? _context.Service?.DesiredCount ?? _target.MinCapacity, _target.MinCapacity, Math.Max(_target.MinCapacity, _target.MaxCapacity)),
            MinCapacity = _target.MinCapacity,
            MaxCapacity = _target.MaxCapacity,
            Namespace = options.Namespace,
            Cluster = _context.Service?.ClusterName ?? Part(1),
            Service = _context.Service?.Name ?? Part(2),
            ServiceModel = ToService(group, assumptions),
            Exporter = new ExporterModelSettings
            {
                ExportInterval = (int)Math.Max(1, options.ExportInterval.TotalSeconds),
                WarmUp = (int)options.WarmUp.TotalSeconds,
                QuietInterval = _context.Published.Number("QuietExportInterval") is > 0 and var quiet ? (int)quiet : null,
                SurgeThreshold = _context.Published.Number("SurgeThresholds:RequestsPerSecond"),
            },
            CloudWatch = new LocalCloudWatch.Alarms.CloudWatchSettings
            {
                IngestionDelayMinimum = TimeSpan.FromSeconds(assumptions.IngestionDelayMinimum),
                IngestionDelayMaximum = TimeSpan.FromSeconds(assumptions.IngestionDelayMaximum),
            },
            Surges = SurgeFinder.Find(traffic),
            KeepSeries = keepSeries,
            Prices = new SimulationPrices { TaskHour = TaskHourPrice, ThousandCalls = Costs.PriceList.ThousandCalls },
        };
    }

    private static ServiceSettings ToService(TargetGroupResource? group, ReplayAssumptions assumptions)
    {
        var settings = new ServiceSettings
        {
            RequestsPerSecondOfCpu = assumptions.TaskCapacity,
            StartTimeMinimum = TimeSpan.FromSeconds(assumptions.StartTimeMinimum),
            StartTimeMaximum = TimeSpan.FromSeconds(Math.Max(assumptions.StartTimeMinimum, assumptions.StartTimeMaximum)),
            LatencyGoal = TimeSpan.FromMilliseconds(assumptions.LatencyGoal),
            ClientTimeout = TimeSpan.FromSeconds(assumptions.ClientTimeout),
        };
        var own = TimeSpan.FromMilliseconds(assumptions.ServiceTime) - settings.DependencyTime;
        settings = settings with { ServiceTime = own > TimeSpan.FromMilliseconds(1) ? own : TimeSpan.FromMilliseconds(1) };
        return group is null ? settings : settings with
        {
            HealthCheckInterval = TimeSpan.FromSeconds(group.HealthCheckInterval),
            HealthCheckTimeout = TimeSpan.FromSeconds(group.HealthCheckTimeout),
            HealthyThreshold = group.HealthyThreshold,
            UnhealthyThreshold = group.UnhealthyThreshold,
            DeregistrationDelay = TimeSpan.FromSeconds(group.DeregistrationDelay),
            Balancer = group.Algorithm == "least_outstanding_requests" ? BalancerAlgorithm.LeastOutstandingRequests : BalancerAlgorithm.RoundRobin,
        };
    }

    private static ScheduledLimits ToScheduled(ScheduledActionSetting action)
    {
        try
        {
            return new ScheduledLimits(action.Name, Schedule.Parse(action.Schedule, action.TimeZone), action.MinCapacity, action.MaxCapacity);
        }
        catch (FormatException exception)
        {
            throw new TemplateException(action.Mark, exception.Message);
        }
    }

    private PolicyDefinition ToPolicy(ScalingPolicyResource policy)
    {
        if (policy.Step is { } step)
        {
            return new PolicyDefinition(policy.Id, new StepScalingConfiguration
            {
                AdjustmentType = Enum.Parse<AdjustmentType>(step.AdjustmentType),
                Steps = [.. step.Steps.Select(one => new StepAdjustment(one.Lower, one.Upper, one.Adjustment))],
                MinAdjustmentMagnitude = step.MinMagnitude,
                Cooldown = step.Cooldown,
                MetricAggregationType = Enum.TryParse<MetricAggregationType>(step.Aggregation, out var aggregation)
                    ? aggregation
                    : throw new TemplateException(step.Mark, $"MetricAggregationType of {policy.Id} cannot be '{step.Aggregation}'; allowed is Average, Minimum, Maximum."),
            });
        }

        var tracking = policy.Tracking ?? throw new TemplateException(policy.Properties.Mark, $"{policy.Id} has neither step scaling nor target tracking; nothing else is replayed.");
        return new PolicyDefinition(policy.Id, null, new TargetTrackingConfiguration
        {
            TargetValue = tracking.TargetValue,
            PredefinedMetricType = tracking.PredefinedMetric
                ?? throw new TemplateException(tracking.Mark, $"{policy.Id}: target tracking on a metric of one's own is not replayed."),
            DisableScaleIn = tracking.DisableScaleIn,
            ScaleInCooldown = tracking.ScaleInCooldown,
            ScaleOutCooldown = tracking.ScaleOutCooldown,
        });
    }

    private string Part(int index) => _target.ResourceId.Text.Split('/').ElementAtOrDefault(index) ?? "service";

    private void Note(bool condition, string note)
    {
        if (condition)
        {
            _notes.Add(note);
        }
    }
}
