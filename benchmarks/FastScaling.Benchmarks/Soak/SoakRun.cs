using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace FastScaling.Benchmarks.Soak;

/// <summary>
/// Two processes of the sample service with the exporter under a load that varies, and CloudWatch in a third, which fails by a plan, ends and starts
/// anew. One of the services is stopped and started anew, too.
/// </summary>
internal sealed class SoakRun : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SamplePace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _duration;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("soak");
    private readonly int _port = FreePort();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<SoakService> _ended = [];
    private readonly List<CloudWatchBook> _books = [];
    private readonly List<ProcessSample> _samples = [];
    private readonly List<ProcessSample> _cloudWatchSamples = [];
    private readonly List<SoakProcess> _processes = [];
    private SoakProcess? _cloudWatch;

    public SoakRun(TimeSpan duration)
    {
        _duration = duration;
    }

    private string CloudWatchName => $"cloudwatch-{_books.Count}";

    private double Moment => _watch.Elapsed / _duration;

    public async Task<SoakOutcome> RunAsync()
    {
        await StartCloudWatchAsync();
        var first = StartService("soak-a");
        var second = StartService("soak-b1");
        await using var loadOfFirst = new SoakLoad(() => Moment) { Target = await TargetAsync(first) };
        await using var loadOfSecond = new SoakLoad(() => Moment) { Target = await TargetAsync(second) };

        var begin = DateTimeOffset.UtcNow;
        _watch.Restart();
        var (fault, sampled, isRestarted) = (SoakFault.None, TimeSpan.Zero, false);
        while (Moment < 1)
        {
            await Task.Delay(Step);
            if (SoakPlan.FaultAt(Moment) is var next && next != fault)
            {
                await BecomeAsync(fault, next);
                fault = next;
            }

            if (Moment >= SoakPlan.Restart && !isRestarted)
            {
                isRestarted = true;
                Console.WriteLine($"{_watch.Elapsed:hh\\:mm\\:ss} restart of a service");

                // As a load balancer does: nothing new to a task that stops.
                loadOfSecond.Target = null;
                await StopAsync(second, "soak-b1");
                second = StartService("soak-b2");
                loadOfSecond.Target = await TargetAsync(second);
            }

            if (_watch.Elapsed - sampled >= Pace)
            {
                sampled = _watch.Elapsed;
                TakeSamples(first, loadOfFirst.Target!.Port);
            }
        }

        loadOfFirst.Target = null;
        loadOfSecond.Target = null;
        await Task.WhenAll(loadOfFirst.SettleAsync(LongestRequest), loadOfSecond.SettleAsync(LongestRequest));
        await StopAsync(first, "soak-a");
        await StopAsync(second, isRestarted ? "soak-b2" : "soak-b1");
        await StopCloudWatchAsync();
        return new SoakOutcome(
            _duration,
            begin,
            [.. _ended.OrderBy(static service => service.Name, StringComparer.Ordinal)],
            _books,
            _samples,
            _cloudWatchSamples,
            loadOfFirst.Answered + loadOfSecond.Answered,
            loadOfFirst.Failed + loadOfSecond.Failed);
    }

    public void Dispose()
    {
        _processes.ForEach(static process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    // A short run for a try needs samples, too.
    private TimeSpan Pace => TimeSpan.FromTicks(Math.Min(SamplePace.Ticks, _duration.Ticks / 60));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Uri> TargetAsync(SoakProcess service) => new(await service.ReadyAsync());

    private async Task BecomeAsync(SoakFault from, SoakFault to)
    {
        Console.WriteLine($"{_watch.Elapsed:hh\\:mm\\:ss} {to}");
        if (from == SoakFault.Down)
        {
            await StartCloudWatchAsync();
        }

        if (to == SoakFault.Down)
        {
            await StopCloudWatchAsync();
        }
        else
        {
            _cloudWatch!.Tell(to.ToString());
        }
    }

    private SoakProcess StartService(string name) => Start(
        "FastScaling.SampleService",
        new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["AWS_ENDPOINT_URL_CLOUDWATCH"] = $"http://127.0.0.1:{_port}",
            ["FastScaling__CloudWatch__Dimensions__ServiceName"] = name,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["DOTNET_STARTUP_HOOKS"] = typeof(SoakRun).Assembly.Location,
            [ServiceObserver.PathVariable] = PathOf(name),
        },
        [],
        "Now listening on: ");

    private async Task StopAsync(SoakProcess service, string name)
    {
        var took = await service.TerminateAsync();
        _ended.Add(new SoakService(name, ReadBook(name)!, took, service.Logged));
    }

    private async Task StartCloudWatchAsync()
    {
        _cloudWatch = Start(
            typeof(SoakRun).Assembly.GetName().Name!,
            new Dictionary<string, string>(),
            [SoakCloudWatchCommand.Name, "--port", $"{_port}", "--book", PathOf(CloudWatchName)],
            SoakCloudWatchCommand.Ready);
        await _cloudWatch.ReadyAsync();
    }

    private async Task StopCloudWatchAsync()
    {
        await _cloudWatch!.TerminateAsync();
        _cloudWatch = null;
        await using var file = File.OpenRead(PathOf(CloudWatchName));
        _books.Add((await JsonSerializer.DeserializeAsync<CloudWatchBook>(file))!);
    }

    private SoakProcess Start(string name, Dictionary<string, string> environment, IReadOnlyList<string> arguments, string ready)
    {
        var process = SoakProcess.Start(name, environment, arguments, ready);
        _processes.Add(process);
        return process;
    }

    private void TakeSamples(SoakProcess first, int port)
    {
        if (ProcessSample.Take(first.Id, port, Moment, ReadBook("soak-a")?.HeapBytes ?? 0) is { } sample)
        {
            _samples.Add(sample);
        }

        if (_cloudWatch is not null && ProcessSample.Take(_cloudWatch.Id, _port, Moment, 0) is { } other)
        {
            _cloudWatchSamples.Add(other);
        }
    }

    private ServiceBook? ReadBook(string name) =>
        File.Exists(PathOf(name)) ? JsonSerializer.Deserialize<ServiceBook>(File.ReadAllText(PathOf(name))) : null;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name + ".json");
}
