namespace FastScaling.Lab.Checks;

/// <summary>What an alarm does when no data come.</summary>
internal sealed class MissingDataCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var alarm in context.Template.Alarms)
        {
            var mark = alarm.MarkOf("TreatMissingData");
            var isOut = context.IsScaleOut(alarm);
            var isIn = context.IsScaleIn(alarm);
            if (isOut && alarm.TreatMissingData == "breaching")
            {
                yield return new Finding(
                    "missing-data-scales-out", Severity.Error, alarm.Id, mark, "Missing data count as a breach, and the alarm scales out.",
                    "When publishing breaks, the fleet grows to its maximum.", "Write TreatMissingData: notBreaching; watch for missing data by an alarm of its own.");
            }

            if (isIn && alarm.TreatMissingData == "breaching")
            {
                yield return new Finding(
                    "missing-data-scales-in", Severity.Error, alarm.Id, mark, "Missing data count as a breach, and the alarm scales in.",
                    "When publishing breaks, as it may in an overload, the fleet shrinks to its minimum.", "Write TreatMissingData: notBreaching.");
            }

            if ((isOut || isIn) && alarm.TreatMissingData == "ignore")
            {
                yield return new Finding(
                    "missing-data-keeps-state", Severity.Warning, alarm.Id, mark, "Missing data keep the state of the alarm.",
                    "An alarm in ALARM repeats its action each minute for as long as no data come.", "Write TreatMissingData: notBreaching.");
            }

            foreach (var (actions, state) in new[] { (alarm.OkActions, "OK"), (alarm.InsufficientDataActions, "INSUFFICIENT_DATA") })
            {
                if (actions.SelectMany(action => action.References).FirstOrDefault(id => context.Template.Policies.Any(policy => policy.Id == id)) is { } policy)
                {
                    yield return new Finding(
                        "action-of-wrong-state", Severity.Error, alarm.Id, alarm.MarkOf(state == "OK" ? "OKActions" : "InsufficientDataActions"),
                        $"The policy {policy} is called when the alarm goes to {state}.", "It then scales on values that do not breach, which fit no step, or without any.", "Call policies from AlarmActions only.");
                }
            }
        }
    }
}
