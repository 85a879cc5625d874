using System.Collections.Concurrent;
using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Benchmarks.Soak;

/// <summary>The hidden command that a soak run starts as the process of CloudWatch. SIGTERM ends it, and it writes down what it holds.</summary>
internal static class SoakCloudWatchCommand
{
    public const string Name = "soak-cloudwatch";
    public const string Ready = "listening";

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port on the loopback address." };
        var book = new Option<string>("--book") { Description = "The file that is written in the end.", Required = true };
        var command = new Command(Name, "Obeys the names of faults on standard input until SIGTERM.") { port, book };
        command.Hidden = true;

        // Not as an asynchronous action: two seconds after SIGTERM the library would end the process under it.
        command.SetAction(result => RunAsync(result.GetValue(port), result.GetValue(book)!).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(int port, string path)
    {
        var refusals = new ConcurrentQueue<string>();
        var options = new LocalCloudWatchOptions { Rejected = call => refusals.Enqueue($"{call.Code}: {call.Message}") };
        await using var held = await LocalCloudWatchServer.StartAsync(options);
        await using var lost = await LocalCloudWatchServer.StartAsync(options);
        var front = new SoakFront(port, held.Endpoint, lost.Endpoint);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ended.TrySetResult();
        });
        await Console.Out.WriteLineAsync(Ready);
        new Thread(() => Obey(front, ended)) { IsBackground = true }.Start();
        await ended.Task;

        await front.DisposeAsync();
        var written = new CloudWatchBook(
            [.. Series(held, isLost: false), .. Series(lost, isLost: true)],
            front.Calls.ToDictionary(static pair => pair.Key.ToString(), static pair => pair.Value),
            [.. refusals]);
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, written);
        return 0;
    }

    // On a thread of its own: reading the console blocks.
    private static void Obey(SoakFront front, TaskCompletionSource ended)
    {
        while (Console.ReadLine() is { } line)
        {
            front.Become(Enum.Parse<SoakFault>(line));
        }

        // Whoever started this process has gone.
        ended.TrySetResult();
    }

    private static IEnumerable<HeldSeries> Series(LocalCloudWatchServer server, bool isLost) => server.GetSeries().Select(series => new HeldSeries(
        isLost,
        series.Dimensions.First(static dimension => dimension.Key == "ServiceName").Value,
        series.MetricName,
        [.. series.DataPoints.Select(static point => new HeldPoint(point.Timestamp.ToUnixTimeSeconds(), point.SampleCount, point.Sum))]));
}
