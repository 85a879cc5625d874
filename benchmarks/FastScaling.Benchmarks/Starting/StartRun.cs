using System.Diagnostics;
using System.Globalization;
using FastScaling.Benchmarks.Load;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Benchmarks.Starting;

/// <summary>
/// Starts two services by turns, one without and one with something, each in a new process: from the start of the process
/// until its host has started.
/// </summary>
internal sealed class StartRun(int pairs)
{
    // The first starts read the files from the disk.
    private const int WarmUpPairs = 2;

    // What a process leaves behind is done with before the next one starts.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A service without and with the exporter.</summary>
    public async Task<StartComparison> CompareAsync(string name, bool hasOpenTelemetry)
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var without = Bare with { HasOpenTelemetry = hasOpenTelemetry };
        return await CompareAsync(name, without, without with { Exporter = cloudWatch.Endpoint });
    }

    /// <summary>A service without and with OpenTelemetry alone: what a first exporter of any kind brings with it.</summary>
    public Task<StartComparison> CompareWithOpenTelemetryAsync(string name) => CompareAsync(name, Bare, Bare with { HasOpenTelemetry = true });

    private static ServiceSetup Bare => new(null, HasOpenTelemetry: false, TimeSpan.FromSeconds(5), null);

    private async Task<StartComparison> CompareAsync(string name, ServiceSetup without, ServiceSetup with)
    {
        var (all, allWith) = (new List<double>(), new List<double>());
        for (var pair = -WarmUpPairs; pair < pairs; pair++)
        {
            // AB BA AB …: what the machine does slowly over time hits both alike.
            var withoutFirst = pair % 2 == 0;
            var first = await MeasureAsync(withoutFirst ? without : with);
            var second = await MeasureAsync(withoutFirst ? with : without);
            var (a, b) = withoutFirst ? (first, second) : (second, first);
            if (pair >= 0)
            {
                all.Add(a);
                allWith.Add(b);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: pair {pair + 1} of {pairs}: without {a:0.0} ms, with {b:0.0} ms"));
            }
        }

        return new StartComparison(name, all, allWith);
    }

    private static async Task<double> MeasureAsync(ServiceSetup setup)
    {
        await Task.Delay(Pause);
        var clock = Stopwatch.StartNew();
        using var service = await ServiceProcess.StartAsync(setup);
        return clock.Elapsed.TotalMilliseconds;
    }
}
