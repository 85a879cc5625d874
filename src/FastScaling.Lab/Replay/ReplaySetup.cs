using System.Globalization;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Traffic;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Lab.Replay;

/// <summary>Makes of a template what the simulation runs: what is simulated is what would run.</summary>
internal sealed class ReplaySetup
{
    // The most that a sample with all signals occupies: a megabyte, the exporter's default, holds five minutes.
    private const long BytesOfSample = 1024 * 1024 / 300;

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
        Note(Options.SampleInterval != TimeSpan.FromSeconds(1), "The option SampleInterval is not modelled: the replay takes a sample a second.");
        foreach (var alarm in _template.Alarms.Where(alarm => alarm.ActionsEnabled && AlarmTranslation.Translate(alarm) is not null))
        {
            var unfed = alarm.AllMetrics.Where(metric => !IsFed(metric)).Select(static metric => metric.Name).Distinct().ToArray();
            Note(unfed.Length > 0, $"{alarm.Id} reads {string.Join(", ", unfed)}, for which the replay has no data.");
        }

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
        return new SimulationSettings
        {
            Traffic = traffic.Requests,
            Start = traffic.Start ?? SimulationSettings.DefaultStart,
            Policies = [.. policies.Select(ToPolicy)],
            Alarms = [.. _template.Alarms.Where(alarm => alarm.ActionsEnabled).Select(AlarmTranslation.Translate).OfType<LocalCloudWatch.Alarms.AlarmDefinition>()],
            ScheduledActions = [.. _target.ScheduledActions.Select(ToScheduled)],
            Seed = assumptions.Seed,
            InitialCount = Math.Clamp(initialTasks ?? _context.Service?.DesiredCount ?? _target.MinCapacity, _target.MinCapacity, Math.Max(_target.MinCapacity, _target.MaxCapacity)),
            MinCapacity = _target.MinCapacity,
            MaxCapacity = _target.MaxCapacity,
            Suspended = new SuspendedState(_target.IsScaleInSuspended, _target.IsScaleOutSuspended, _target.IsScheduledSuspended),
            Namespace = Options.Namespace,
            Cluster = _context.Service?.ClusterName ?? Part(1),
            Service = _context.Service?.Name ?? Part(2),
            ServiceModel = ModelSettings.With(ToService(group, assumptions), assumptions.Model),
            Exporter = ToExporter(),
            CloudWatch = new LocalCloudWatch.Alarms.CloudWatchSettings
            {
                IngestionDelayMinimum = TimeSpan.FromSeconds(assumptions.IngestionDelayMinimum),
                IngestionDelayMaximum = TimeSpan.FromSeconds(assumptions.IngestionDelayMaximum),
            },
            ActionDelayMinimum = TimeSpan.FromSeconds(assumptions.ActionDelayMinimum),
            ActionDelayMaximum = TimeSpan.FromSeconds(assumptions.ActionDelayMaximum),
            EcsMetricDelayPeriods = assumptions.EcsMetricDelayPeriods,
            EcsHighResolution = policies.Any(static policy => policy.Tracking?.PredefinedMetric?.EndsWith("HighResolution", StringComparison.Ordinal) == true),
            Surges = SurgeFinder.Find(traffic),
            KeepSeries = keepSeries,
            Prices = new SimulationPrices { TaskHour = TaskHourPrice, ThousandCalls = Costs.PriceList.ThousandCalls },
        };
    }

    private FastScalingCloudWatchExporterOptions Options => _context.Published.Options;

    private ExporterModelSettings ToExporter()
    {
        var settings = new ExporterSettings(Options);
        return new ExporterModelSettings
        {
            Calls = settings.CallTimes,
            SurgeThresholds = settings.SurgeThresholds,
            QuietBelow = Options.QuietBelow,
            Signals = Options.Enabled ? Options.Signals : ScalingSignals.None,
            StorageResolution = Options.StorageResolution,
            Dimensions = settings.Dimensions,
            WarmUp = (int)Options.WarmUp.TotalSeconds,
            KeptSeconds = (int)Math.Min(settings.MaxBacklogAge.TotalSeconds, settings.MaxBacklogBytes / BytesOfSample),
        };
    }

    private ServiceSettings ToService(TargetGroupResource? group, ReplayAssumptions assumptions)
    {
        var settings = new ServiceSettings
        {
            RequestsPerSecondOfCpu = assumptions.TaskCapacity,
            StartTimeMinimum = TimeSpan.FromSeconds(assumptions.StartTimeMinimum),
            StartTimeMaximum = TimeSpan.FromSeconds(Math.Max(assumptions.StartTimeMinimum, assumptions.StartTimeMaximum)),
            LatencyGoal = TimeSpan.FromMilliseconds(assumptions.LatencyGoal),
            ClientTimeout = TimeSpan.FromSeconds(assumptions.ClientTimeout),
            HealthCheckWaits = assumptions.HealthCheckWaits,
            HealthCheckGracePeriod = TimeSpan.FromSeconds(_context.Service?.HealthCheckGracePeriod ?? 0),
        };
        var own = TimeSpan.FromMilliseconds(assumptions.ServiceTime) - settings.DependencyTime;
        settings = settings with { ServiceTime = own > TimeSpan.FromMilliseconds(1) ? own : TimeSpan.FromMilliseconds(1) };
        return group is null ? settings : settings with
        {
            HealthCheckInterval = TimeSpan.FromSeconds(group.HealthCheckInterval),
            HealthCheckTimeout = TimeSpan.FromSeconds(group.HealthCheckTimeout),
            UnhealthyThreshold = group.UnhealthyThreshold,
            DeregistrationDelay = TimeSpan.FromSeconds(group.DeregistrationDelay),
            Balancer = group.Algorithm == "least_outstanding_requests" ? BalancerAlgorithm.LeastOutstandingRequests : BalancerAlgorithm.RoundRobin,
        };
    }

    private static ScheduledLimits ToScheduled(ScheduledActionSetting action)
    {
        try
        {
            return new ScheduledLimits(
                action.Name, Schedule.Parse(action.Schedule, action.TimeZone), action.MinCapacity, action.MaxCapacity, Time(action, action.StartTime), Time(action, action.EndTime));
        }
        catch (FormatException exception)
        {
            throw new TemplateException(action.Mark, exception.Message);
        }
    }

    private static DateTimeOffset? Time(ScheduledActionSetting action, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new TemplateException(action.Mark, $"{action.Name}: StartTime and EndTime must be times such as 2026-01-31T12:00:00Z, and one is '{text}'.");
    }

    private bool IsFed(MetricReference metric)
    {
        var isSignal = Enum.TryParse<SignalKind>(metric.Name, out _) && metric.Namespace == Options.Namespace && _context.Published.UnitOf(metric.Name) is not null;
        return isSignal || (metric.Namespace == "AWS/ECS" && metric.Name == "CPUUtilization");
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
