namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>The options of a <see cref="CallSchedule"/>.</summary>
internal sealed record CallTimes
{
    /// <summary>How far regular calls are apart.</summary>
    public required TimeSpan ExportInterval { get; init; }

    /// <summary>How far they are apart while every signal is quiet: a multiple of the export interval; zero is off.</summary>
    public TimeSpan QuietExportInterval { get; init; }

    /// <summary>The most calls beside the regular ones in any hour.</summary>
    public int MaxExtraCallsPerHour { get; init; }
}
