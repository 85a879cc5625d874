using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Everything between the pending samples and the network, as the pipeline builds it.</summary>
internal sealed class SendingHarness : IDisposable
{
    private readonly ManualResetEventSlim _ready = new();
    private volatile SendingThread? _thread;

    public SendingHarness(
        Uri endpoint,
        AwsEnvironment? environment = null,
        ExporterSettings? settings = null,
        long maxBacklogBytes = 32 * 1024 * 1024,
        TimeSpan? maxBacklogAge = null,
        TimeProvider? clock = null,
        string pipeline = "test")
    {
        Statistics = new ExporterStatistics(pipeline);
        settings ??= TestAws.Settings(endpoint);
        environment ??= TestAws.Environment();
        Pending = new PendingSamples(maxBacklogBytes, maxBacklogAge ?? TimeSpan.FromHours(1), Statistics.Drop, TimeProvider.System);
        Clock = new ClockOffset(clock ?? TimeProvider.System);
        Statistics.Watch(Pending, Clock);
        Resolver = new AwsResolver(
            new DestinationSource(settings, environment, () => new ServiceIdentity("test", "test")),
            new CredentialSource(settings.Credentials, environment, TimeProvider.System),
            () =>
            {
                _ready.Set();
                _thread?.SendNow();
            },
            TimeProvider.System,
            Logger);
        var log = new SendingLog(Logger, Statistics, Time);
        var lane = new Lane(
            settings.Namespace,
            settings.ExportInterval,
            destination => new PutMetricDataWriter(settings.Namespace, destination.Dimensions, settings.StorageResolution),
            destination => log.Started(settings, destination, null));
        Sender = new Sender(lane, Pending, Resolver, _ => true, Statistics, log, Clock, () => Network.Direct);
    }

    public CapturingLogger Logger { get; } = new();

    public ManualTime Time { get; } = new();

    public ExporterStatistics Statistics { get; }

    public PendingSamples Pending { get; }

    public AwsResolver Resolver { get; }

    public ClockOffset Clock { get; }

    public Sender Sender { get; }

    /// <summary>Every datum that is in one of the places where one can be.</summary>
    public long AccountedData =>
        Statistics.AcceptedData
        + Statistics.UnknownData
        + Enum.GetValues<DropReason>().Sum(Statistics.Dropped);

    /// <summary>One turn, with waits that really wait.</summary>
    public bool SendPending(Deadline? deadline = null, bool isLast = false) => Sender.SendPending(
        deadline ?? Calls.Ample,
        time =>
        {
            Thread.Sleep(time);
            return true;
        },
        isLast);

    public SendingHarness MakeReady()
    {
        Resolver.Start();
        Assert.True(_ready.Wait(TimeSpan.FromSeconds(30)), "Destination and credentials were not found.");
        return this;
    }

    /// <summary>A thread that sends at these times; started.</summary>
    public SendingThread StartThread(TimeSpan interval, TimeSpan phase, TimeSpan? requestTimeout = null)
    {
        var thread = new SendingThread(Sender, new ExportSchedule(interval, phase), requestTimeout ?? TimeSpan.FromSeconds(30), TimeProvider.System);
        _thread = thread;
        thread.Start();
        return thread;
    }

    /// <summary>Adds a sample of a second of the recent past, with a response time of so many values.</summary>
    public void Add(long second, int values = 1)
    {
        var sample = Pending.Rent();
        sample.Reset(second);
        sample.Signals = ScalingSignals.All;
        sample.RequestsPerSecond = second % 1000;
        for (var i = 0; i < values; i++)
        {
            // As many digits as there can be.
            sample.ResponseTime.Add(1 + ((i + 1) / 3000.0), 1_000_000_007);
        }

        Statistics.Collected(1, sample.DatumCount, 0, TimeSpan.Zero);
        Pending.Add(sample);
    }

    public void Dispose()
    {
        Resolver.Stop();
        Sender.Dispose();
        Statistics.Dispose();
    }
}
