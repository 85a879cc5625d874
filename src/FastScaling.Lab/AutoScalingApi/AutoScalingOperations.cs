using System.Globalization;
using System.Text.Json;
using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>The operations: what a request asks of the engine.</summary>
internal sealed class AutoScalingOperations
{
    private const int MostResults = 50;

    private readonly ScalingEngine _engine;
    private readonly LocalAutoScalingOptions _options;

    public AutoScalingOperations(ScalingEngine engine, LocalAutoScalingOptions options)
    {
        _engine = engine;
        _options = options;
    }

    public void Answer(string operation, IWireNode input, Utf8JsonWriter reply, DateTimeOffset now)
    {
        _engine.Advance(now);
        switch (operation)
        {
            case "RegisterScalableTarget":
                Register(input, reply, now);
                break;
            case "DeregisterScalableTarget":
                foreach (var policy in _engine.DeregisterTarget(Target(input)))
                {
                    DeleteAlarms(policy);
                }

                break;
            case "PutScalingPolicy":
                PutPolicy(input, reply, now);
                break;
            case "DeleteScalingPolicy":
                DeleteAlarms(_engine.DeletePolicy(Target(input), Required(input, "PolicyName")));
                break;
            case "PutScheduledAction":
                PutScheduledAction(input, now);
                break;
            case "DeleteScheduledAction":
                _engine.DeleteScheduledAction(Target(input), Required(input, "ScheduledActionName"));
                break;
            case "DescribeScalableTargets":
                var ids = input.Strings("ResourceIds");
                Page(input, reply, "ScalableTargets", Describe(input, _engine.Targets.Where(target => ids.Count == 0 || ids.Contains(target.Id.ResourceId)), static target => target.Id), ApiJson.Write);
                break;
            case "DescribeScalingPolicies":
                var names = input.Strings("PolicyNames");
                Page(input, reply, "ScalingPolicies", Describe(input, _engine.Policies.Where(policy => names.Count == 0 || names.Contains(policy.Name)), static policy => policy.Target), ApiJson.Write);
                break;
            case "DescribeScheduledActions":
                var actions = input.Strings("ScheduledActionNames");
                Page(input, reply, "ScheduledActions", Describe(input, _engine.ScheduledActions.Where(action => actions.Count == 0 || actions.Contains(action.Name)), static action => action.Target), ApiJson.Write);
                break;
            case "DescribeScalingActivities":
                var withNotScaled = input.Boolean("IncludeNotScaledActivities") ?? false;
                Page(input, reply, "ScalingActivities", Describe(input, _engine.Activities(null, withNotScaled), static activity => activity.Target), ApiJson.Write);
                break;
            default:
                throw CloudWatchError.InvalidAction(operation);
        }
    }

    private void Register(IWireNode input, Utf8JsonWriter reply, DateTimeOffset now)
    {
        var suspended = input.Structure("SuspendedState") is { } state
            ? new SuspendedState(
                state.Boolean("DynamicScalingInSuspended") ?? false,
                state.Boolean("DynamicScalingOutSuspended") ?? false,
                state.Boolean("ScheduledScalingSuspended") ?? false)
            : null;
        var target = _engine.RegisterTarget(now, Target(input), input.Integer("MinCapacity"), input.Integer("MaxCapacity"), suspended, input.String("RoleARN"));
        reply.WriteString("ScalableTargetARN", target.Arn);
    }

    private void PutPolicy(IWireNode input, Utf8JsonWriter reply, DateTimeOffset now)
    {
        var type = input.String("PolicyType") ?? "StepScaling";
        var (step, tracking) = type switch
        {
            "StepScaling" => (ApiJson.Step(input.Structure("StepScalingPolicyConfiguration") ?? throw Missing("StepScalingPolicyConfiguration")), null),
            "TargetTrackingScaling" => (null, ApiJson.Tracking(input.Structure("TargetTrackingScalingPolicyConfiguration") ?? throw Missing("TargetTrackingScalingPolicyConfiguration"))),
            _ => ((StepScalingConfiguration?)null, (TargetTrackingConfiguration?)null),
        };
        if (step is null && tracking is null)
        {
            throw ScalingException.Validation($"PolicyType '{type}' is not modelled: StepScaling or TargetTrackingScaling.");
        }

        var policy = _engine.PutPolicy(now, Target(input), Required(input, "PolicyName"), step, tracking);
        foreach (var alarm in ApiJson.Alarms(policy))
        {
            _options.PutAlarm?.Invoke(alarm, policy.Arn);
        }

        reply.WriteString("PolicyARN", policy.Arn);
        ApiJson.WriteAlarms(reply, policy);
    }

    private void PutScheduledAction(IWireNode input, DateTimeOffset now)
    {
        Schedule? schedule = null;
        try
        {
            schedule = input.String("Schedule") is { } text ? Schedule.Parse(text, input.String("Timezone")) : null;
        }
        catch (FormatException e)
        {
            throw ScalingException.Validation(e.Message);
        }

        var limits = input.Structure("ScalableTargetAction");
        _engine.PutScheduledAction(
            now, Target(input), Required(input, "ScheduledActionName"), schedule, limits?.Integer("MinCapacity"), limits?.Integer("MaxCapacity"), input.Timestamp("StartTime"), input.Timestamp("EndTime"));
    }

    private void DeleteAlarms(ScalingPolicy policy)
    {
        foreach (var alarm in ApiJson.Alarms(policy))
        {
            _options.DeleteAlarm?.Invoke(alarm.Name);
        }
    }

    private static IEnumerable<T> Describe<T>(IWireNode input, IEnumerable<T> items, Func<T, ScalableTargetId> target)
    {
        RequireNamespace(input);
        var id = input.String("ResourceId");
        return id is null ? items : items.Where(item => target(item).ResourceId == id);
    }

    // The token is the number of results before the page.
    private static void Page<T>(IWireNode input, Utf8JsonWriter reply, string member, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var most = input.Integer("MaxResults") ?? MostResults;
        if (most is < 1 or > MostResults)
        {
            throw ScalingException.Validation($"MaxResults is {most}; it must be from 1 to {MostResults}.");
        }

        var skip = 0;
        if (input.String("NextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out skip))
        {
            throw ScalingException.InvalidNextToken();
        }

        var page = items.Skip(skip).Take(most + 1).ToArray();
        reply.WriteStartArray(member);
        foreach (var item in page.Take(most))
        {
            reply.WriteStartObject();
            write(reply, item);
            reply.WriteEndObject();
        }

        reply.WriteEndArray();
        if (page.Length > most)
        {
            reply.WriteString("NextToken", (skip + most).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static ScalableTargetId Target(IWireNode input)
    {
        RequireNamespace(input);
        var dimension = Required(input, "ScalableDimension");
        if (dimension != ScalableTargetId.ScalableDimension)
        {
            throw ScalingException.Validation($"ScalableDimension '{dimension}' is not modelled: {ScalableTargetId.ScalableDimension}.");
        }

        var resource = Required(input, "ResourceId");
        return ScalableTargetId.IsValid(resource)
            ? new ScalableTargetId(resource)
            : throw ScalingException.Validation($"Unsupported resource ID '{resource}': it must be service/<cluster>/<service>.");
    }

    private static void RequireNamespace(IWireNode input)
    {
        var name = Required(input, "ServiceNamespace");
        if (name != ScalableTargetId.ServiceNamespace)
        {
            throw ScalingException.Validation($"ServiceNamespace '{name}' is not modelled: {ScalableTargetId.ServiceNamespace}.");
        }
    }

    private static string Required(IWireNode input, string member) => input.String(member) is { Length: > 0 } value ? value : throw Missing(member);

    private static ScalingException Missing(string member) =>
        ScalingException.Validation($"1 validation error detected: Value null at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: Member must not be null");
}
