namespace FastScaling.Lab.Templates;

/// <summary>A scheduled action of a scalable target. The schedule is <c>at(…)</c>, <c>rate(…)</c> or <c>cron(…)</c>.</summary>
internal sealed record ScheduledActionSetting(
    Mark Mark, string Name, string Schedule, string? TimeZone, string? StartTime, string? EndTime, int? MinCapacity, int? MaxCapacity);
