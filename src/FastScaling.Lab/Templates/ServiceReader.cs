using System.Globalization;

namespace FastScaling.Lab.Templates;

/// <summary>Reads the service, its task definition, its target group and its scalable target.</summary>
internal static class ServiceReader
{
    public static ScalableTargetResource ReadTarget(string id, PropertyReader properties)
    {
        var suspended = properties.Child("SuspendedState");
        return new ScalableTargetResource(id, properties.Map)
        {
            ResourceId = properties.Scalar("ResourceId") ?? throw new TemplateException(properties.Map.Mark, $"{id} has no ResourceId."),
            MinCapacity = properties.RequiredInteger("MinCapacity"),
            MaxCapacity = properties.RequiredInteger("MaxCapacity"),
            IsScaleInSuspended = suspended?.Boolean("DynamicScalingInSuspended") ?? false,
            IsScaleOutSuspended = suspended?.Boolean("DynamicScalingOutSuspended") ?? false,
            IsScheduledSuspended = suspended?.Boolean("ScheduledScalingSuspended") ?? false,
            ScheduledActions = [.. properties.Maps("ScheduledActions").Select(action => new ScheduledActionSetting(
                action.Map.Mark,
                action.RequiredText("ScheduledActionName"),
                action.RequiredText("Schedule"),
                action.Text("Timezone"),
                action.Text("StartTime"),
                action.Text("EndTime"),
                action.Child("ScalableTargetAction")?.Integer("MinCapacity"),
                action.Child("ScalableTargetAction")?.Integer("MaxCapacity")))],
        };
    }

    public static ServiceResource ReadService(string id, PropertyReader properties)
    {
        var cluster = properties.Text("Cluster") ?? "default";
        return new ServiceResource(id, properties.Map)
        {
            Name = properties.Text("ServiceName") ?? $"{PseudoParameters.StackName}-{id}",
            ClusterName = cluster[(cluster.LastIndexOf('/') + 1)..],
            DesiredCount = properties.Scalar("DesiredCount") is { Unknown: null } ? properties.Integer("DesiredCount") : null,
            HealthCheckGracePeriod = properties.Integer("HealthCheckGracePeriodSeconds"),
            TaskDefinitionId = properties.Scalar("TaskDefinition") is { References: [var definition, ..] } ? definition : null,
            TargetGroupIds = [.. properties.Maps("LoadBalancers").SelectMany(balancer => balancer.Scalar("TargetGroupArn")?.References ?? [])],
        };
    }

    public static TaskDefinitionResource ReadTaskDefinition(string id, PropertyReader properties)
    {
        var environment = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        foreach (var variable in properties.Maps("ContainerDefinitions").SelectMany(container => container.Maps("Environment")))
        {
            environment[variable.RequiredText("Name")] = variable.Scalar("Value") ?? new ScalarNode(variable.Map.Mark, string.Empty);
        }

        return new TaskDefinitionResource(id, properties.Map)
        {
            Cpu = Size(properties, "Cpu", "vCPU"),
            Memory = Size(properties, "Memory", "GB"),
            TaskRole = properties.Scalar("TaskRoleArn"),
            Environment = environment,
        };
    }

    public static TargetGroupResource ReadTargetGroup(string id, PropertyReader properties)
    {
        var attributes = properties.Maps("TargetGroupAttributes")
            .GroupBy(attribute => attribute.RequiredText("Key"), attribute => attribute, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var defaults = new TargetGroupResource(id, properties.Map);
        return defaults with
        {
            HealthCheckInterval = properties.Integer("HealthCheckIntervalSeconds") ?? defaults.HealthCheckInterval,
            HealthCheckTimeout = properties.Integer("HealthCheckTimeoutSeconds") ?? defaults.HealthCheckTimeout,
            UnhealthyThreshold = properties.Integer("UnhealthyThresholdCount") ?? defaults.UnhealthyThreshold,
            DeregistrationDelay = Attribute("deregistration_delay.timeout_seconds")?.Integer("Value") ?? defaults.DeregistrationDelay,
            Algorithm = Attribute("load_balancing.algorithm.type")?.Text("Value") ?? defaults.Algorithm,
        };

        PropertyReader? Attribute(string key) => attributes.TryGetValue(key, out var found) ? found : null;
    }

    // "1024", "1 vCPU", "2 GB": the larger units are 1024 of the smaller.
    private static int? Size(PropertyReader properties, string name, string largeUnit)
    {
        if (properties.Scalar(name) is not { Unknown: null } scalar)
        {
            return null;
        }

        var text = scalar.Text.Trim();
        var isLarge = text.EndsWith(largeUnit, StringComparison.OrdinalIgnoreCase);
        var number = isLarge ? text[..^largeUnit.Length] : text;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e6
            ? (int)(isLarge ? value * 1024 : value)
            : throw new TemplateException(scalar.Mark, $"{name} of {properties.Owner} must be a size such as 1024, and is '{scalar.Text}'.");
    }
}
