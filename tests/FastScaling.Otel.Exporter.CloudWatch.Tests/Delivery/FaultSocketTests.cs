using System.Collections.Concurrent;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class FaultSocketTests(ITestOutputHelper output)
{
    private const int Schedules = 50;
    private const int AtOnce = 10;
    private const int Samples = 120;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task In_fifty_schedules_of_faults_over_sockets_every_datum_is_in_exactly_one_place()
    {
        var options = new LocalCloudWatchOptions();
        options.SecretAccessKeys[TestAws.AccessKeyId] = TestAws.SecretAccessKey;
        var rejected = new ConcurrentQueue<string>();
        options.Rejected = call => rejected.Enqueue($"{call.Code}: {call.Message}");
        await using var strict = await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken);
        var results = new ConcurrentBag<Dictionary<SendOutcome, long>>();
        var failures = new ConcurrentQueue<Exception>();

        // Threads of their own: what is tested must not depend on the thread pool, and so must not the test.
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(0, Schedules));
        var threads = Enumerable.Range(0, AtOnce).Select(_ => new Thread(() =>
        {
            while (seeds.TryDequeue(out var seed))
            {
                try
                {
                    results.Add(Run(seed, strict.Endpoint));
                }
                catch (Exception exception)
                {
                    failures.Enqueue(new InvalidOperationException($"Seed {seed} failed.", exception));
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }

        var total = results.SelectMany(result => result).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        output.WriteLine(string.Join(", ", total.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal(Schedules, results.Count);
        Assert.Empty(rejected);
        Assert.All(Enum.GetValues<SendOutcome>().Except([SendOutcome.TooLarge]), outcome => Assert.NotEqual(0, total[outcome]));
    }

    private static Dictionary<SendOutcome, long> Run(int seed, Uri strict)
    {
        using var endpoint = new FaultEndpoint(seed, strict);
        var clock = new ShiftedTime(seed % 3 == 0 ? TimeSpan.FromHours(seed - 20) : TimeSpan.Zero);
        var settings = TestAws.Settings(options =>
        {
            options.Namespace = $"Faults/{seed}";
            options.Region = "eu-central-1";
            options.Endpoint = endpoint.Server.Uri;
            options.ExportInterval = Interval;
            options.Credentials = TestAws.Credentials;
            options.Dimensions["ServiceName"] = "test";
        });
        using var harness = new SendingHarness(endpoint.Server.Uri, settings: settings, clock: clock).MakeReady();
        var thread = harness.StartThread(Interval, phase: TimeSpan.Zero, requestTimeout: Interval * 0.8);
        var first = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600;
        for (var i = 0; i < Samples; i++)
        {
            harness.Add(first + i);
            Thread.Sleep(BetweenSamples);
        }

        endpoint.IsWell = true;
        thread.Stop(Patience);

        // All is over: nothing is pending, and each datum is in exactly one book.
        Assert.Equal(0, harness.Pending.Data);
        Assert.Equal(harness.Statistics.SampledData, harness.AccountedData);
        Assert.Empty(endpoint.Wrong);
        Assert.InRange(endpoint.Held, harness.Statistics.AcceptedData, harness.Statistics.AcceptedData + harness.Statistics.UnknownData);
        Assert.Equal(0, harness.Statistics.Dropped(DropReason.BacklogFull) + harness.Statistics.Dropped(DropReason.Expired));
        return Enum.GetValues<SendOutcome>().ToDictionary(outcome => outcome, harness.Statistics.Requests);
    }
}
