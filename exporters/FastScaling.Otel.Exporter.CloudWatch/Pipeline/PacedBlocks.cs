using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Spreads the blocks of one collection over the time until the next, so that many series are no burst of requests. A
/// pure function of the monotonic time; thread-safe.
/// </summary>
internal sealed class PacedBlocks
{
    private readonly Lock _lock = new();
    private readonly Queue<(TimeSpan Due, Sample Block)> _blocks = new();

    /// <summary>Adds blocks, each at an equal share of the window. What waits from before is due at once.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="now">The time.</param>
    /// <param name="window">Over how long they are spread.</param>
    /// <param name="phase">Where in its share each block is due: 0 up to 1, of the process's own.</param>
    public void Add(IReadOnlyList<Sample> blocks, TimeSpan now, TimeSpan window, double phase)
    {
        lock (_lock)
        {
            for (var i = _blocks.Count; i > 0; i--)
            {
                _blocks.Enqueue((now, _blocks.Dequeue().Block));
            }

            for (var i = 0; i < blocks.Count; i++)
            {
                _blocks.Enqueue((now + (window * ((i + phase) / blocks.Count)), blocks[i]));
            }
        }
    }

    /// <summary>Time until a block is due, 0 or less when one is; null when none waits.</summary>
    public TimeSpan? UntilDue(TimeSpan now)
    {
        lock (_lock)
        {
            return _blocks.TryPeek(out var next) ? next.Due - now : null;
        }
    }

    /// <summary>Takes the next block that is due at this time, or null.</summary>
    public Sample? TakeDue(TimeSpan now)
    {
        lock (_lock)
        {
            return _blocks.TryPeek(out var next) && next.Due <= now ? _blocks.Dequeue().Block : null;
        }
    }
}
