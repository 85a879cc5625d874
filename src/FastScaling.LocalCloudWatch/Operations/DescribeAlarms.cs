using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

internal static class DescribeAlarms
{
    public static DescribeAlarmsReply Answer(DescribeAlarmsRequest request, AlarmBook alarms)
    {
        if (request.AsksForRelatives)
        {
            throw CloudWatchError.InvalidParameterValue("Composite alarms are not supported by the local CloudWatch: ChildrenOfAlarmName and ParentsOfAlarmName.");
        }

        AlarmRules.Names(request.AlarmNames, isRequired: false);
        if (request.AlarmNamePrefix is not null && request.AlarmNames.Count > 0)
        {
            throw CloudWatchError.ValidationError("AlarmNamePrefix cannot be used together with AlarmNames.");
        }

        var most = AlarmRules.Records(request.MaxRecords);
        AlarmState? state = request.StateValue is null ? null : AlarmRules.State(request.StateValue);
        var fingerprint = string.Join('\n', [request.AlarmNamePrefix, request.StateValue, request.ActionPrefix, .. request.AlarmNames]);
        var after = PageToken.After(request.NextToken, fingerprint);
        if (!AlarmRules.AreMetricAlarms(request.AlarmTypes))
        {
            return new DescribeAlarmsReply([], null);
        }

        var names = request.AlarmNames.ToHashSet(StringComparer.Ordinal);
        var found = alarms.List(alarm =>
            string.CompareOrdinal(alarm.Definition.Name, after) > 0
            && (names.Count == 0 || names.Contains(alarm.Definition.Name))
            && (request.AlarmNamePrefix is null || alarm.Definition.Name.StartsWith(request.AlarmNamePrefix, StringComparison.Ordinal))
            && (state is null || alarm.State == state)
            && (request.ActionPrefix is null || HasAction(alarm.Definition, request.ActionPrefix)));
        return found.Count <= most
            ? new DescribeAlarmsReply(found, null)
            : new DescribeAlarmsReply([.. found.Take(most)], PageToken.Of(found[most - 1].Definition.Name, fingerprint));
    }

    private static bool HasAction(AlarmDefinition alarm, string prefix) =>
        alarm.AlarmActions.Concat(alarm.OkActions).Concat(alarm.InsufficientDataActions).Any(action => action.StartsWith(prefix, StringComparison.Ordinal));
}
