using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The application's own signals. They are asked for shortly before the end of a second; what has been answered by
/// then belongs to the second, and what comes later to the next one.
/// </summary>
internal sealed class CustomSignals
{
    /// <summary>How long before the end of a second the callbacks are asked.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(100);

    private readonly CustomSignalThread[] _threads;

    public CustomSignals(IEnumerable<CustomSignal> signals) => _threads = [.. signals.Select(signal => new CustomSignalThread(signal))];

    public bool IsEmpty => _threads.Length == 0;

    public IReadOnlyList<CustomSignalThread> Threads => _threads;

    public void Start() => Array.ForEach(_threads, static thread => thread.Start());

    public void Stop() => Array.ForEach(_threads, static thread => thread.Stop());

    public void Ask() => Array.ForEach(_threads, static thread => thread.Ask());

    /// <summary>Adds what has been answered to what waits to be sent.</summary>
    /// <param name="second">The second that has just ended.</param>
    /// <param name="isDraining">Whether zeros are left out.</param>
    /// <param name="watch">Looks at the values.</param>
    /// <param name="pending">Receives the data.</param>
    /// <returns>How many data.</returns>
    public int Take(long second, bool isDraining, SurgeWatch watch, PendingSamples pending)
    {
        var sample = pending.Rent();
        sample.Reset(second);
        foreach (var thread in _threads)
        {
            if (thread.TryTake(out var value, out var published) && !(isDraining && value == 0))
            {
                watch.Observe(thread.Signal, value);
                sample.Others.TryAdd(thread.Series, published);
            }
        }

        var data = sample.DatumCount;
        if (data == 0)
        {
            pending.Return(sample);
        }
        else
        {
            pending.Add(sample);
        }

        return data;
    }

    /// <summary>Tells what is wrong with a signal, once for each. Not on the sampling thread.</summary>
    public void Log(ILogger logger)
    {
        foreach (var thread in _threads)
        {
            if (thread.TakeFailure() is { } failure)
            {
                logger.SignalFails(thread.Signal.Name, failure);
            }
        }
    }
}
