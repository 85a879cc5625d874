using System.Collections.Concurrent;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>All variants at once: the processes sleep most of the time, and 15 s are long enough one time.</summary>
public sealed class StarvationRuns : IAsyncLifetime
{
    private readonly Dictionary<string, (Task<StarvationResult> Result, ConcurrentQueue<string> Log)> _runs = [];

    public ValueTask InitializeAsync()
    {
        foreach (var variant in StarvationVariant.All)
        {
            var log = new ConcurrentQueue<string>();
            _runs[variant.Name] = (StarvationRun.ExecuteAsync(variant, log.Enqueue), log);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (result, _) in _runs.Values)
        {
            // What went wrong has been told by the tests.
            await result.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    internal async Task<StarvationResult> ResultAsync(StarvationVariant variant, ITestOutputHelper output)
    {
        var (result, log) = _runs[variant.Name];
        try
        {
            return await result;
        }
        finally
        {
            output.WriteLine(string.Join(Environment.NewLine, log));
        }
    }
}
