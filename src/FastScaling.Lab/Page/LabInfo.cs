using FastScaling.Lab.Live;

namespace FastScaling.Lab.Page;

/// <summary>What does not change while a lab runs, for the page.</summary>
internal sealed record LabInfo(
    string Run,
    string Template,
    string Traffic,
    double StartFactor,
    double StartTimeMinimum,
    double StartTimeMaximum,
    double TaskCapacity,
    int MaxTasks,
    string Service,
    string CloudWatch,
    IReadOnlyList<AlarmInfo> Alarms,
    IReadOnlyList<string> Notes)
{
    public static LabInfo Of(LabRun run) => new(
        run.Id,
        run.Settings.Variant.Name,
        run.Settings.Traffic.Name,
        run.Settings.StartFactor,
        run.Setup.Assumptions.StartTimeMinimum,
        run.Setup.Assumptions.StartTimeMaximum,
        run.Settings.Assumptions.TaskCapacity,
        run.Settings.MaxTasks,
        run.ServiceAddress.AbsoluteUri,
        run.CloudWatchAddress.AbsoluteUri,
        [.. run.Setup.Base.Alarms.OrderBy(static alarm => alarm.Name, StringComparer.Ordinal).Select(AlarmInfo.Of)],
        run.Setup.Notes);
}
