using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>
/// The alarms of policies: those that target tracking makes for itself, and those whose actions name a step scaling policy. Without a CloudWatch
/// only the names of the former are known.
/// </summary>
internal sealed class PolicyAlarms
{
    private const int MostAlarms = 5000;

    /// <summary>Where the alarms are; null for nowhere.</summary>
    public AlarmBook? Book { get; set; }

    public IReadOnlyList<string> NamesOf(ScalingPolicy policy)
    {
        if (policy.TargetTracking is not null)
        {
            return [.. TargetTrackingAlarms.Of(policy).Select(static alarm => alarm.Name)];
        }

        return Book is null ? [] : [.. Book.List(alarm => Calls(alarm.Definition, policy.Arn)).Select(static alarm => alarm.Definition.Name)];
    }

    /// <summary>Makes the alarms of a target tracking policy, and takes those away that it no longer has.</summary>
    public void Put(DateTimeOffset now, ScalingPolicy policy)
    {
        if (Book is null || policy.TargetTracking is null)
        {
            return;
        }

        var alarms = TargetTrackingAlarms.Of(policy);
        Book.Delete(now, [.. Book.List(alarm => Calls(alarm.Definition, policy.Arn)).Select(static alarm => alarm.Definition.Name).Except(alarms.Select(static alarm => alarm.Name))]);
        foreach (var alarm in alarms)
        {
            if (!Book.Put(now, alarm.ToDefinition(policy.Arn), MostAlarms))
            {
                throw ScalingException.LimitExceeded($"The local CloudWatch holds {MostAlarms} alarms already.");
            }
        }
    }

    /// <summary>The alarms of a step scaling policy are the user's, and stay.</summary>
    public void Delete(DateTimeOffset now, ScalingPolicy policy)
    {
        if (policy.TargetTracking is not null)
        {
            Book?.Delete(now, NamesOf(policy));
        }
    }

    private static bool Calls(AlarmDefinition alarm, string policyArn) =>
        alarm.AlarmActions.Contains(policyArn) || alarm.OkActions.Contains(policyArn) || alarm.InsufficientDataActions.Contains(policyArn);
}
