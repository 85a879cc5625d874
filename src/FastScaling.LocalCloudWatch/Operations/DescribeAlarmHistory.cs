using System.Globalization;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

internal static class DescribeAlarmHistory
{
    public static DescribeAlarmHistoryReply Answer(DescribeAlarmHistoryRequest request, AlarmBook alarms)
    {
        if (request.AlarmName is not null)
        {
            AlarmRules.Name(request.AlarmName, "AlarmName");
        }

        var most = AlarmRules.Records(request.MaxRecords);
        var type = Type(request.HistoryItemType);
        var isAscending = GetMetricDataValidator.IsAscending(request.ScanBy);
        if (request.StartDate > request.EndDate)
        {
            throw CloudWatchError.ValidationError("The parameter StartDate must not be after the parameter EndDate.");
        }

        var fingerprint = FormattableString.Invariant($"{request.AlarmName}\n{type}\n{request.StartDate:O}\n{request.EndDate:O}\n{isAscending}");
        var token = PageToken.After(request.NextToken, fingerprint);
        var after = token.Length == 0 ? (long?)null
            : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : throw CloudWatchError.InvalidNextToken();
        if (!AlarmRules.AreMetricAlarms(request.AlarmTypes))
        {
            return new DescribeAlarmHistoryReply([], null);
        }

        var found = alarms.History(item =>
            (request.AlarmName is null || item.AlarmName == request.AlarmName)
            && (type is null || item.Type == type)
            && (request.StartDate is null || item.Time >= request.StartDate)
            && (request.EndDate is null || item.Time <= request.EndDate)
            && (after is null || (isAscending ? item.Sequence > after : item.Sequence < after)));
        var ordered = isAscending ? found : [.. found.Reverse()];
        return ordered.Count <= most
            ? new DescribeAlarmHistoryReply(ordered, null)
            : new DescribeAlarmHistoryReply([.. ordered.Take(most)], PageToken.Of(ordered[most - 1].Sequence.ToString(CultureInfo.InvariantCulture), fingerprint));
    }

    private static AlarmHistoryType? Type(string? text) => text switch
    {
        null => null,
        "ConfigurationUpdate" => AlarmHistoryType.ConfigurationUpdate,
        "StateUpdate" => AlarmHistoryType.StateUpdate,
        "Action" => AlarmHistoryType.Action,
        _ => throw CloudWatchError.InvalidParameterValue("The parameter HistoryItemType must be a value in the set [ ConfigurationUpdate, StateUpdate, Action ]."),
    };
}
