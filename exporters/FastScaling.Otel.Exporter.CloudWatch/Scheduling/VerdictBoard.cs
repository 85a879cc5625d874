namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// Puts together what the samples of several sources say: one that rises is a rise, and only all together are quiet. A pure
/// state machine over (monotonic time, verdicts).
/// </summary>
internal sealed class VerdictBoard
{
    private readonly Entry?[] _entries = new Entry?[Enum.GetValues<SampleSource>().Length];

    /// <summary>Takes the verdict of a source, in place of its last one.</summary>
    /// <returns>What all sources say now.</returns>
    public SurgeVerdict Add(TimeSpan now, SampleSource source, SurgeVerdict verdict)
    {
        // A source counts until its next verdict is long overdue: one that hangs says nothing any more.
        var every = _entries[(int)source] is { } before ? now - before.At : TimeSpan.Zero;
        _entries[(int)source] = new Entry(now, every, verdict);
        var (isRising, isQuiet) = (false, true);
        foreach (var entry in _entries)
        {
            if (entry is { } known && now - known.At <= known.Every * 2)
            {
                isRising |= known.Verdict.IsRising;
                isQuiet &= known.Verdict.IsQuiet;
            }
        }

        return new SurgeVerdict(isRising, isQuiet);
    }

    private readonly record struct Entry(TimeSpan At, TimeSpan Every, SurgeVerdict Verdict);
}
