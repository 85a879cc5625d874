using System.Globalization;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Benchmarks.Load;

/// <summary>
/// Loads two services by turns, one without and one with the exporter. CloudWatch and the load generator are in other
/// processes than the services, so that their work is not counted.
/// </summary>
internal sealed class LoadRun(int pairs, int seconds, int pairsPerProcess)
{
    // Until tiered compilation has done with the way of a request.
    private const int WarmUpSeconds = 6;

    /// <summary>A service that nobody listens to, without and with the exporter.</summary>
    public Task<LoadComparison> CompareBareAsync() => CompareAsync("Bare service", hasOpenTelemetry: false);

    /// <summary>A service that has OpenTelemetry already, as the sample service has, without and with the exporter.</summary>
    public Task<LoadComparison> CompareWithOpenTelemetryAsync() => CompareAsync("Service with OpenTelemetry", hasOpenTelemetry: true);

    /// <summary>A service without and with a listener that does nothing: what the framework itself charges once anyone listens.</summary>
    public async Task<LoadComparison> CompareWithNoOpListenerAsync()
    {
        const string Name = "Bare service, a listener that does nothing";
        var without = new ServiceSetup(null, HasOpenTelemetry: false, TimeSpan.FromSeconds(5), null);
        return LoadComparison.Of(Name, await PairsAsync(Name, without, without with { HasNoOpListener = true }), calls: 0);
    }

    private async Task<LoadComparison> CompareAsync(string name, bool hasOpenTelemetry)
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var without = new ServiceSetup(null, hasOpenTelemetry, TimeSpan.FromSeconds(5), null);
        var pairs = await PairsAsync(name, without, without with { Exporter = cloudWatch.Endpoint });
        return cloudWatch is { AcceptedCalls: > 0, RejectedCalls: 0 }
            ? LoadComparison.Of(name, pairs, cloudWatch.AcceptedCalls)
            : throw new InvalidOperationException($"The exporter did not export: {cloudWatch.AcceptedCalls} calls accepted, {cloudWatch.RejectedCalls} refused.");
    }

    private async Task<List<LoadPair>> PairsAsync(string name, ServiceSetup setupWithout, ServiceSetup setupWith)
    {
        var done = new List<LoadPair>();
        while (done.Count < pairs)
        {
            // Two processes of one program differ by a little for as long as they live: new ones now and then.
            using var without = await ServiceProcess.StartAsync(setupWithout);
            using var with = await ServiceProcess.StartAsync(setupWith);
            await Wrk.RunAsync(without.Url, WarmUpSeconds);
            await Wrk.RunAsync(with.Url, WarmUpSeconds);
            for (var i = 0; i < pairsPerProcess && done.Count < pairs; i++)
            {
                done.Add(await PairAsync(done.Count + 1, without, with));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: pair {done.Count} of {pairs}: CPU per request {done[^1].CpuRatio:0.000}, throughput {done[^1].ThroughputRatio:0.000}"));
            }
        }

        return done;
    }

    // AB BA AB …: what the machine does slowly over time hits both alike.
    private async Task<LoadPair> PairAsync(int number, ServiceProcess without, ServiceProcess with)
    {
        var withoutFirst = number % 2 == 1;
        var first = await WindowAsync(withoutFirst ? without : with);
        var second = await WindowAsync(withoutFirst ? with : without);
        return withoutFirst ? new LoadPair(number, true, first, second) : new LoadPair(number, false, second, first);
    }

    private async Task<LoadWindow> WindowAsync(ServiceProcess service)
    {
        var before = await service.StateAsync();
        var result = await Wrk.RunAsync(service.Url, seconds);
        var after = await service.StateAsync();
        return new LoadWindow((after.CpuSeconds - before.CpuSeconds) * 1e6 / result.Requests, result.RequestsPerSecond, result.Requests);
    }
}
