using System.Text.Json;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>Answers the requests about alarms. No protocol is known here.</summary>
internal sealed class AlarmOperations
{
    /// <summary>Our own bound, CloudWatch's default quota.</summary>
    private const int MaximumAlarms = 5000;

    private const int MaximumReason = 1023;
    private const int MaximumReasonData = 4000;

    private readonly AlarmBook _alarms;
    private readonly TimeProvider _clock;
    private readonly Action<IReadOnlyList<AlarmEvent>> _publish;

    public AlarmOperations(AlarmBook alarms, TimeProvider clock, Action<IReadOnlyList<AlarmEvent>> publish)
    {
        _alarms = alarms;
        _clock = clock;
        _publish = publish;
    }

    public CloudWatchReply Answer(AlarmRequest request) => request switch
    {
        PutMetricAlarmRequest put => Put(put),
        DescribeAlarmsRequest describe => DescribeAlarms.Answer(describe, _alarms),
        DescribeAlarmsForMetricRequest describe => Describe(describe),
        DescribeAlarmHistoryRequest describe => DescribeAlarmHistory.Answer(describe, _alarms),
        SetAlarmStateRequest set => Set(set),
        DeleteAlarmsRequest delete => Delete(delete),
        EnableAlarmActionsRequest enable => Enable(enable),
        _ => throw CloudWatchError.InvalidAction(request.GetType().Name),
    };

    private DoneReply Put(PutMetricAlarmRequest request) =>
        _alarms.Put(_clock.GetUtcNow(), PutMetricAlarmValidator.Validate(request), MaximumAlarms)
            ? new DoneReply()
            : throw CloudWatchError.LimitExceeded(FormattableString.Invariant($"The local CloudWatch holds at most {MaximumAlarms} alarms."));

    // "It does not return alarms based on math expressions that use the specified metric."
    private DescribeAlarmsForMetricReply Describe(DescribeAlarmsForMetricRequest request)
    {
        var metric = ParameterRules.Metric(request.Namespace, request.MetricName, request.Dimensions, "");
        var unit = ParameterRules.Unit(request.Unit, "Unit");
        var statistic = AlarmRules.Statistic(request.Statistic, request.ExtendedStatistic);
        return new DescribeAlarmsForMetricReply(_alarms.List(alarm => alarm.Definition.Source is { } source
            && source.Metric.Key == metric.Key
            && (unit is null || source.Unit == unit)
            && (request.Period is null || source.Period == request.Period)
            && (statistic is null || source.Statistic.Name == statistic.Name)));
    }

    private DoneReply Set(SetAlarmStateRequest request)
    {
        AlarmRules.Name(request.AlarmName, "AlarmName");
        var state = AlarmRules.State(request.StateValue);
        var reason = request.StateReason ?? throw CloudWatchError.MissingParameter("StateReason");
        if (reason.Length > MaximumReason || request.StateReasonData?.Length > MaximumReasonData)
        {
            throw CloudWatchError.InvalidParameterValue(
                $"StateReason must be shorter than {MaximumReason + 1} characters, and StateReasonData shorter than {MaximumReasonData + 1}.");
        }

        CheckJson(request.StateReasonData);
        _publish(_alarms.Set(_clock.GetUtcNow(), request.AlarmName, state, reason, request.StateReasonData)
            ?? throw CloudWatchError.ResourceNotFound($"There is no alarm with the name {request.AlarmName}."));
        return new DoneReply();
    }

    private DoneReply Delete(DeleteAlarmsRequest request)
    {
        AlarmRules.Names(request.AlarmNames, isRequired: true);
        _alarms.Delete(_clock.GetUtcNow(), request.AlarmNames);
        return new DoneReply();
    }

    private DoneReply Enable(EnableAlarmActionsRequest request)
    {
        AlarmRules.Names(request.AlarmNames, isRequired: true);
        _alarms.EnableActions(_clock.GetUtcNow(), request.AlarmNames, request.AreEnabled);
        return new DoneReply();
    }

    private static void CheckJson(string? data)
    {
        try
        {
            if (data is not null)
            {
                JsonElement.Parse(data);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw CloudWatchError.InvalidFormat($"StateReasonData was not syntactically valid JSON: {e.Message}");
        }
    }
}
