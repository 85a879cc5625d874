using System.Text.Json;
using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>The structures of the API, read and written.</summary>
internal static class ApiJson
{
    private static readonly ScalingArns Arns = new();

    public static StepScalingConfiguration Step(IWireNode node) => new()
    {
        AdjustmentType = Enum<AdjustmentType>(node, "AdjustmentType") ?? throw ScalingException.Validation("AdjustmentType is required for a step scaling policy."),
        Steps = [.. node.Structures("StepAdjustments").Select(static step => new StepAdjustment(
            step.Number("MetricIntervalLowerBound"),
            step.Number("MetricIntervalUpperBound"),
            step.Integer("ScalingAdjustment") ?? throw ScalingException.Validation("ScalingAdjustment is required in a step adjustment.")))],
        MinAdjustmentMagnitude = node.Integer("MinAdjustmentMagnitude"),
        Cooldown = node.Integer("Cooldown"),
        MetricAggregationType = Enum<MetricAggregationType>(node, "MetricAggregationType") ?? MetricAggregationType.Average,
    };

    public static TargetTrackingConfiguration Tracking(IWireNode node)
    {
        var own = node.Structure("CustomizedMetricSpecification");
        return new TargetTrackingConfiguration
        {
            TargetValue = node.Number("TargetValue") ?? throw ScalingException.Validation("TargetValue is required for a target tracking policy."),
            PredefinedMetricType = node.Structure("PredefinedMetricSpecification")?.String("PredefinedMetricType"),
            CustomizedMetric = own is null ? null : new MetricSpecification(
                own.String("Namespace") ?? "",
                own.String("MetricName") ?? "",
                [.. own.Structures("Dimensions").Select(static dimension => KeyValuePair.Create(dimension.String("Name") ?? "", dimension.String("Value") ?? ""))],
                own.String("Statistic") ?? "Average",
                own.String("Unit")),
            ScaleOutCooldown = node.Integer("ScaleOutCooldown"),
            ScaleInCooldown = node.Integer("ScaleInCooldown"),
            DisableScaleIn = node.Boolean("DisableScaleIn") ?? false,
        };
    }

    /// <summary>Those that Application Auto Scaling makes itself: none for step scaling.</summary>
    public static IReadOnlyList<AlarmSpecification> Alarms(ScalingPolicy policy) => policy.TargetTracking is null ? [] : TargetTrackingAlarms.Of(policy);

    public static void WriteAlarms(Utf8JsonWriter json, ScalingPolicy policy)
    {
        json.WriteStartArray("Alarms");
        foreach (var alarm in Alarms(policy))
        {
            json.WriteStartObject();
            json.WriteString("AlarmName", alarm.Name);
            json.WriteString("AlarmARN", Arns.Alarm(alarm.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, ScalableTarget target)
    {
        Identity(json, target.Id);
        json.WriteNumber("MinCapacity", target.MinCapacity);
        json.WriteNumber("MaxCapacity", target.MaxCapacity);
        json.WriteString("RoleARN", target.RoleArn);
        json.WriteNumber("CreationTime", EpochSeconds.FromTime(target.CreationTime));
        json.WriteString("ScalableTargetARN", target.Arn);
        json.WriteStartObject("SuspendedState");
        json.WriteBoolean("DynamicScalingInSuspended", target.Suspended.DynamicScalingIn);
        json.WriteBoolean("DynamicScalingOutSuspended", target.Suspended.DynamicScalingOut);
        json.WriteBoolean("ScheduledScalingSuspended", target.Suspended.Scheduled);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ScalingPolicy policy)
    {
        json.WriteString("PolicyARN", policy.Arn);
        json.WriteString("PolicyName", policy.Name);
        Identity(json, policy.Target);
        json.WriteString("PolicyType", policy.Step is null ? "TargetTrackingScaling" : "StepScaling");
        if (policy.Step is { } step)
        {
            Write(json, step);
        }
        else
        {
            Write(json, policy.TargetTracking!);
        }

        WriteAlarms(json, policy);
        json.WriteNumber("CreationTime", EpochSeconds.FromTime(policy.CreationTime));
    }

    public static void Write(Utf8JsonWriter json, ScheduledAction action)
    {
        json.WriteString("ScheduledActionName", action.Name);
        json.WriteString("ScheduledActionARN", action.Arn);
        Identity(json, action.Target);
        json.WriteString("Schedule", action.Schedule.Text);
        Optional(json, "Timezone", action.Schedule.ZoneName);
        Optional(json, "StartTime", action.StartTime);
        Optional(json, "EndTime", action.EndTime);
        json.WriteStartObject("ScalableTargetAction");
        Optional(json, "MinCapacity", action.MinCapacity);
        Optional(json, "MaxCapacity", action.MaxCapacity);
        json.WriteEndObject();
        json.WriteNumber("CreationTime", EpochSeconds.FromTime(action.CreationTime));
    }

    public static void Write(Utf8JsonWriter json, ScalingActivity activity)
    {
        json.WriteString("ActivityId", activity.Id);
        Identity(json, activity.Target);
        json.WriteString("Description", activity.Description);
        json.WriteString("Cause", activity.Cause);
        json.WriteNumber("StartTime", EpochSeconds.FromTime(activity.StartTime));
        Optional(json, "EndTime", activity.EndTime);
        json.WriteString("StatusCode", activity.Status.ToString());
        json.WriteString("StatusMessage", activity.StatusMessage);
        if (activity.NotScaledReasons.Count == 0)
        {
            return;
        }

        json.WriteStartArray("NotScaledReasons");
        foreach (var reason in activity.NotScaledReasons)
        {
            json.WriteStartObject();
            json.WriteString("Code", reason.Code);
            Optional(json, "MaxCapacity", reason.MaxCapacity);
            Optional(json, "MinCapacity", reason.MinCapacity);
            Optional(json, "CurrentCapacity", reason.CurrentCapacity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, StepScalingConfiguration step)
    {
        json.WriteStartObject("StepScalingPolicyConfiguration");
        json.WriteString("AdjustmentType", step.AdjustmentType.ToString());
        json.WriteStartArray("StepAdjustments");
        foreach (var adjustment in step.Steps)
        {
            json.WriteStartObject();
            Optional(json, "MetricIntervalLowerBound", adjustment.LowerBound);
            Optional(json, "MetricIntervalUpperBound", adjustment.UpperBound);
            json.WriteNumber("ScalingAdjustment", adjustment.ScalingAdjustment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Optional(json, "MinAdjustmentMagnitude", step.MinAdjustmentMagnitude);
        Optional(json, "Cooldown", step.Cooldown);
        json.WriteString("MetricAggregationType", step.MetricAggregationType.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TargetTrackingConfiguration tracking)
    {
        json.WriteStartObject("TargetTrackingScalingPolicyConfiguration");
        json.WriteNumber("TargetValue", tracking.TargetValue);
        if (tracking.PredefinedMetricType is not null)
        {
            json.WriteStartObject("PredefinedMetricSpecification");
            json.WriteString("PredefinedMetricType", tracking.PredefinedMetricType);
            json.WriteEndObject();
        }

        if (tracking.CustomizedMetric is { } own)
        {
            json.WriteStartObject("CustomizedMetricSpecification");
            json.WriteString("Namespace", own.Namespace);
            json.WriteString("MetricName", own.MetricName);
            json.WriteString("Statistic", own.Statistic);
            Optional(json, "Unit", own.Unit);
            json.WriteStartArray("Dimensions");
            foreach (var (name, value) in own.Dimensions)
            {
                json.WriteStartObject();
                json.WriteString("Name", name);
                json.WriteString("Value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Optional(json, "ScaleOutCooldown", tracking.ScaleOutCooldown);
        Optional(json, "ScaleInCooldown", tracking.ScaleInCooldown);
        json.WriteBoolean("DisableScaleIn", tracking.DisableScaleIn);
        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, ScalableTargetId id)
    {
        json.WriteString("ServiceNamespace", ScalableTargetId.ServiceNamespace);
        json.WriteString("ResourceId", id.ResourceId);
        json.WriteString("ScalableDimension", ScalableTargetId.ScalableDimension);
    }

    private static void Optional(Utf8JsonWriter json, string member, string? value)
    {
        if (value is not null)
        {
            json.WriteString(member, value);
        }
    }

    private static void Optional(Utf8JsonWriter json, string member, double? value)
    {
        if (value is not null)
        {
            json.WriteNumber(member, value.Value);
        }
    }

    private static void Optional(Utf8JsonWriter json, string member, DateTimeOffset? value)
    {
        if (value is not null)
        {
            json.WriteNumber(member, EpochSeconds.FromTime(value.Value));
        }
    }

    private static T? Enum<T>(IWireNode node, string member)
        where T : struct, Enum
    {
        if (node.String(member) is not { } text)
        {
            return null;
        }

        return System.Enum.TryParse<T>(text, out var value) && System.Enum.GetNames<T>().Contains(text)
            ? value
            : throw ScalingException.Validation($"{member} is '{text}'; it must be one of {string.Join(", ", System.Enum.GetNames<T>())}.");
    }
}
