using System.Text.Json;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>What alarms did in the last two weeks, also those that are deleted. Bounded; not safe for use by several threads.</summary>
internal sealed class AlarmHistory
{
    // "CloudWatch preserves alarm history for two weeks"; the bound on items is our own.
    private const int MostItems = 50_000;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    private readonly Queue<AlarmHistoryItem> _items = new();
    private long _sequence;

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<AlarmHistoryItem> Items => _items;

    public void Configured(string alarm, DateTimeOffset now, string what) => Add(
        alarm,
        now,
        AlarmHistoryType.ConfigurationUpdate,
        $"Alarm \"{alarm}\" {what}",
        JsonText.Write(json =>
        {
            json.WriteString("version", "1.0");
            json.WriteString("type", what switch { "created" => "Create", "deleted" => "Delete", _ => "Update" });
        }));

    public void Changed(AlarmStateChange change, string oldReason) => Add(
        change.AlarmName,
        change.Time,
        AlarmHistoryType.StateUpdate,
        $"Alarm updated from {AlarmStates.Text(change.OldState)} to {AlarmStates.Text(change.NewState)}",
        JsonText.Write(json =>
        {
            json.WriteString("version", "1.0");
            State(json, "oldState", change.OldState, oldReason, null);
            State(json, "newState", change.NewState, change.Reason, change.ReasonData);
        }));

    public void Invoked(AlarmActionInvocation invocation) => Add(
        invocation.AlarmName,
        invocation.Time,
        AlarmHistoryType.Action,
        $"Successfully executed action {invocation.ActionArn}",
        JsonText.Write(json =>
        {
            json.WriteString("actionState", "Succeeded");
            json.WriteString("notificationResource", invocation.ActionArn);
            json.WriteString("stateValue", AlarmStates.Text(invocation.State));
        }));

    private static void State(Utf8JsonWriter json, string member, AlarmState state, string reason, string? reasonData)
    {
        json.WriteStartObject(member);
        json.WriteString("stateValue", AlarmStates.Text(state));
        json.WriteString("stateReason", reason);
        if (reasonData is not null)
        {
            json.WritePropertyName("stateReasonData");
            json.WriteRawValue(reasonData);
        }

        json.WriteEndObject();
    }

    private void Add(string alarm, DateTimeOffset now, AlarmHistoryType type, string summary, string data)
    {
        _items.Enqueue(new AlarmHistoryItem(_sequence++, alarm, now, type, Cut(summary, 255), Cut(data, 4095)));
        while (_items.Count > MostItems || _items.Peek().Time < now - Retention)
        {
            _items.Dequeue();
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
