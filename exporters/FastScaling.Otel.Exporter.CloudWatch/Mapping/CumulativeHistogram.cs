namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>Turns the readings of one cumulative histogram into what was recorded between them, by the rules of <see cref="CumulativeSum"/>.</summary>
internal sealed class CumulativeHistogram
{
    private readonly HistogramData _last = new();
    private readonly HistogramData _present = new();
    private DateTimeOffset _start;
    private bool _hasLast;

    /// <param name="start">When recording began.</param>
    /// <param name="data">What has been recorded since; leaves with what was recorded since the last reading.</param>
    /// <param name="watchedSince">Since when we watch.</param>
    public void Next(DateTimeOffset start, HistogramData data, DateTimeOffset watchedSince)
    {
        data.CopyTo(_present);
        if (!_hasLast && start < watchedSince)
        {
            data.Clear();
        }
        else if (_hasLast && start <= _start)
        {
            data.TrySubtract(_last); // One that cannot be subtracted begins anew: all of it is new.
        }

        _present.CopyTo(_last);
        (_hasLast, _start) = (true, start);
    }
}
