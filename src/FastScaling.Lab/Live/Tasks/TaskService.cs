using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Lab.Live.Tasks;

/// <summary>A task of the lab, in a process of its own: a web service with the exporter, as a user would write it, told by its standard input what to do.</summary>
internal static class TaskService
{
    /// <param name="input">Settings, then commands. Its end means that the lab has gone, and the task goes at once.</param>
    /// <param name="output">Told the port.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        var settings = JsonSerializer.Deserialize<TaskSettings>(await input.ReadLineAsync() ?? "null")
            ?? throw new InvalidDataException("A task is started by 'fastscaling lab' and by nobody else.");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Ctrl-C reaches every process of the terminal: when a task ends is for the lab to say.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        using var gate = new WorkGate(settings);
        await using var app = Build(settings, gate);
        var address = await LoopbackHost.StartAsync(app, "A task", "nothing", 0, CancellationToken.None);
        await output.WriteLineAsync(TaskPipe.Listening + address.Port.ToString(CultureInfo.InvariantCulture));
        await output.FlushAsync();

        // A thread of its own: the pool may have other things to do.
        new Thread(() => Listen(input, gate, stopped)) { IsBackground = true, Name = "lab task input" }.Start();
        await stopped.Task;
        await app.StopAsync();
        return 0;
    }

    private static WebApplication Build(TaskSettings settings, WorkGate gate)
    {
        var builder = LoopbackHost.Builder(0, settings.ServiceName);
        foreach (var (key, value) in settings.Exporter)
        {
            builder.Configuration[key] = value;
        }

        // The local CloudWatch takes any credentials; real ones are never used.
        builder.Services.Configure<FastScalingCloudWatchExporterOptions>(static options => options.Credentials = new BasicAWSCredentials("lab", "lab"));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings.ServiceName))
            .WithMetrics(static metrics => metrics.AddFastScalingCloudWatchExporter());

        var app = builder.Build();

        // Asks nothing of the work, so that a busy task is not taken for a dead one, and is no request among the signals.
        app.MapGet("/health", static context => context.Response.WriteAsync("healthy\n", context.RequestAborted)).DisableHttpMetrics();
        app.Map("/{**path}", gate.HandleAsync);
        return app;
    }

    private static void Listen(TextReader input, WorkGate gate, TaskCompletionSource stopped)
    {
        while (input.ReadLine() is { } line)
        {
            if (line == TaskPipe.Stop)
            {
                stopped.TrySetResult();
            }
            else if (line.StartsWith(TaskPipe.Dependency, StringComparison.Ordinal)
                && double.TryParse(line.AsSpan(TaskPipe.Dependency.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            {
                gate.Dependency = milliseconds;
            }
        }

        // Whoever started it is gone, killed perhaps: nothing may be left behind.
        Environment.Exit(1);
    }
}
