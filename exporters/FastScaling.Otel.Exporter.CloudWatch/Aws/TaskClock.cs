using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>
/// Watches what ECS says about the clock (<c>ClockDrift</c> of the task metadata endpoint, version 4), and tells when it cannot
/// be relied on. Used by the thread of the look-ups; others may read the result.
/// </summary>
internal sealed class TaskClock
{
    /// <summary>How often ECS is asked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly string? _metadataUri;
    private readonly ILogger _logger;
    private volatile ClockDrift? _drift;
    private bool _wasDoubtful;

    /// <param name="metadataUri">The metadata endpoint, or null outside ECS.</param>
    /// <param name="logger">The application's log.</param>
    public TaskClock(string? metadataUri, ILogger logger)
    {
        _metadataUri = metadataUri;
        _logger = logger;
    }

    /// <summary>Whether there is anyone to ask.</summary>
    public bool IsWatched => _metadataUri is not null;

    /// <summary>What ECS said last; null while it has said nothing.</summary>
    public ClockDrift? Drift => _drift;

    /// <summary>Asks ECS, for at most two seconds. Never throws.</summary>
    public void Check()
    {
        if (_metadataUri is null)
        {
            return;
        }

        try
        {
            if (EcsTaskMetadata.Fetch(_metadataUri).Clock is { } drift)
            {
                _drift = drift;
                Tell(drift);
            }
        }
        catch (Exception exception)
        {
            // Older platforms do not say it, and nothing depends on it: asked again in a while.
            ExporterEventSource.Log.Failed("Asking ECS about the clock", exception);
        }
    }

    private void Tell(ClockDrift drift)
    {
        var isDoubtful = !drift.IsSynchronized || drift.ErrorBound > SampleClock.Tolerance;
        if (isDoubtful && !_wasDoubtful)
        {
            _logger.ClockDoubtful(drift.IsSynchronized ? "synchronized" : "not synchronized", drift.ErrorBound);
        }
        else if (!isDoubtful && _wasDoubtful)
        {
            _logger.ClockReliableAgain(drift.ErrorBound);
        }

        _wasDoubtful = isDoubtful;
    }
}
