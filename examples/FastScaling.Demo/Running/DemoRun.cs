using FastScaling.Demo.Display;
using FastScaling.Demo.Load;
using FastScaling.Demo.Reading;
using FastScaling.Demo.Service;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch;

namespace FastScaling.Demo.Running;

/// <summary>One run: local CloudWatch, service and load start, are watched, end in the opposite order, and are compared.</summary>
internal sealed class DemoRun
{
    private readonly DemoOptions _options;
    private readonly IDisplay _display;
    private readonly CancellationToken _stop;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private long _putCalls;

    public DemoRun(DemoOptions options, IDisplay display, CancellationToken stop)
    {
        _options = options;
        _display = display;
        _stop = stop;
    }

    /// <summary>Whether CloudWatch holds each request that was sent.</summary>
    public async Task<bool> RunAsync()
    {
        await using var cloudWatch = await StartCloudWatchAsync();
        await using var service = await ServiceHost.StartAsync(_options.Port, cloudWatch.Endpoint, AwsDefaults.Credentials, _stop);
        using var client = new CloudWatchClient(
            cloudWatch.Endpoint, AwsDefaults.Credentials, new FastScalingCloudWatchExporterOptions().Namespace, DemoService.Name);
        var reader = new CloudWatchReader(client);
        using var load = new LoadGenerator(new LoadPlan(_options), service.Address);
        var observer = new Observer(reader, load, _display, _start, () => Interlocked.Read(ref _putCalls));

        await _display.ShowAsync(new DemoAddresses(service.Address, cloudWatch.Endpoint), async () =>
        {
            await LoadAndWatchAsync(load, observer);
            observer.Tell("the load has ended; the service stops and sends its last samples");
            await service.DisposeAsync();
            await observer.LookAsync();
        });

        var summary = new DemoSummary
        {
            Options = _options,
            Elapsed = load.Lasted ?? load.Elapsed,
            WasStopped = _stop.IsCancellationRequested,
            Sent = load.Sent,
            Answered = load.Answered,
            HeldBack = load.HeldBack,
            Visits = service.Visits,
            InCloudWatch = observer.InCloudWatch,
            SeenByOwnExporter = service.RequestsSeenByOwnExporter,
            PutCalls = Interlocked.Read(ref _putCalls),
            RefusedCalls = cloudWatch.RejectedCalls,
            Finding = observer.Finding,
        };
        _display.Summarize(summary);
        return summary.IsConserved
            ? true
            : throw new DemoException($"CloudWatch holds {summary.InCloudWatch} requests, and {summary.Sent + summary.Visits} were sent.");
    }

    private async Task LoadAndWatchAsync(LoadGenerator load, Observer observer)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        var loading = load.RunAsync(end.Token);
        try
        {
            await observer.WatchAsync(loading, _stop);
        }
        finally
        {
            // Also when watching failed: nothing may be left running.
            await end.CancelAsync();
            await loading;
        }
    }

    private async Task<LocalCloudWatchServer> StartCloudWatchAsync()
    {
        try
        {
            return await LocalCloudWatchServer.StartAsync(
                new LocalCloudWatchOptions { Port = _options.CloudWatchPort, Received = _ => Interlocked.Increment(ref _putCalls) },
                _stop);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw Loopback.CannotListen("The local CloudWatch", "--cloudwatch-port", _options.CloudWatchPort, exception);
        }
    }
}
