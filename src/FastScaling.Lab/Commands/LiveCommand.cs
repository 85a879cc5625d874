using System.CommandLine;
using FastScaling.Lab.Live;
using FastScaling.Lab.Page;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Reports;
using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling lab</c>: the closed loop for real, on this machine.</summary>
internal static class LiveCommand
{
    // The live template with the thresholds of a task of the lab: it serves 40 requests a second.
    private static readonly string[] Scaled =
    [
        "MinTasks=2", "MaxTasks=6", "RequestsPerTask=26", "RequestsPerTaskHigh=39", "RequestsPerTaskTop=52", "RequestsPerTaskLow=15",
        "ActiveRequestsHigh=10", "ActiveRequestsLow=5",
    ];

    public static Command Create()
    {
        var template = new Option<string?>("--template", "-t") { HelpName = "file", Description = $"{TemplateFiles.Help} Default: 'live', with thresholds for a task of the lab." };
        var parameters = CommonOptions.Parameters();
        var exporter = CommonOptions.Exporter();
        var traffic = new LiveTrafficOptions();
        var start = SecondsRange.Option("--start-time", "23-57", "From a new desired count to a running task on AWS.");
        var factor = CommonOptions.Real("--start-factor", "times", LabSettings.DefaultStartFactor, 1, 20, "What start times and draining are shortened by.");
        var capacity = CommonOptions.Real("--task-capacity", "requests", LabSettings.DefaultTaskCapacity, 1, 500, "Requests a second that one task can serve.");
        var serviceTime = CommonOptions.Real("--service-time", "ms", LabSettings.DefaultServiceTime, 10, 10_000, "What a request takes on an idle task.");
        var delay = SecondsRange.Option("--ingestion-delay", "1-4", "From a call until CloudWatch shows its data.");
        var tasks = CommonOptions.Number("--max-tasks", "number", LabSettings.DefaultMaxTasks, 1, 12, "The most tasks, each a process, whatever the template says.");
        var port = CommonOptions.Number("--port", "port", LabSettings.DefaultPort, 0, 65535, "Of the page, on 127.0.0.1; 0 takes any free one.");
        var servicePort = CommonOptions.Number("--service-port", "port", 0, 0, 65535, "Of the load balancer; 0 takes any free one.");
        var cloudWatchPort = CommonOptions.Number("--cloudwatch-port", "port", 0, 0, 65535, "Of the local CloudWatch; 0 takes any free one.");
        var headless = new Option<bool>("--headless") { Description = "No page: the time line as text. Needs --for." };
        var duration = new Option<string?>("--for") { HelpName = "60s|10m", Description = "Ends after this time, up to 6h. Without it Ctrl-C ends it." };
        var report = new Option<string?>("--report") { HelpName = "file", Description = "Writes the run beside its replay as one HTML file that needs no network. Needs --for." };
        var seed = CommonOptions.Seed();
        var command = new Command(
            "lab",
            "The closed loop for real on this machine: tasks in processes of their own behind a load balancer, a local CloudWatch, alarms, scaling, and a page "
            + "to watch it. Everything listens on 127.0.0.1 only. Exit code 0: done, 2: wrong usage, a bad file or a port that is taken.")
        {
            template, parameters, exporter, start, factor, capacity, serviceTime, delay, tasks, port, servicePort, cloudWatchPort, headless, duration, report, seed,
        };
        traffic.AddTo(command);
        command.Validators.Add(result =>
        {
            var text = result.GetValue(duration);
            if (text is not null && Duration.Parse(text) is null)
            {
                result.AddError($"--for must be a time such as 60s, 10m or 2h, from 10s to 6h, and is '{text}'.");
            }

            if (text is null && (result.GetValue(headless) || result.GetValue(report) is not null))
            {
                result.AddError("--headless and --report need --for.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(template);
            var given = parsed.GetValue(parameters)!;
            var read = name is null ? BuiltIn(given) : TemplateFiles.Load(name, given);
            var (startLow, startHigh) = SecondsRange.Parse(parsed.GetValue(start)!)!.Value;
            var (delayLow, delayHigh) = SecondsRange.Parse(parsed.GetValue(delay)!)!.Value;
            var settings = new LabSettings
            {
                Variant = new ReplayVariant(Path.GetFileNameWithoutExtension(name ?? TemplateFiles.Live), read, ReplayCommand.Options(parsed.GetValue(exporter)!)),
                Traffic = traffic.Read(parsed, parsed.GetValue(seed)),
                Assumptions = new ReplayAssumptions
                {
                    TaskCapacity = parsed.GetValue(capacity),
                    ServiceTime = parsed.GetValue(serviceTime),
                    StartTimeMinimum = startLow,
                    StartTimeMaximum = startHigh,
                    IngestionDelayMinimum = delayLow,
                    IngestionDelayMaximum = delayHigh,
                    Seed = parsed.GetValue(seed),
                },
                StartFactor = parsed.GetValue(factor),
                MaxTasks = parsed.GetValue(tasks),
                Port = parsed.GetValue(headless) ? null : parsed.GetValue(port),
                ServicePort = parsed.GetValue(servicePort),
                CloudWatchPort = parsed.GetValue(cloudWatchPort),
                Seconds = parsed.GetValue(duration) is { } time ? Duration.Parse(time) : null,
            };
            await RunAsync(settings, parsed.GetValue(report), cancellationToken);
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>The live template for tasks of the lab.</summary>
    /// <param name="parameters">More parameters, as Name=Value.</param>
    public static ScalingTemplate BuiltIn(IEnumerable<string> parameters) => TemplateFiles.Load(TemplateFiles.Live, [.. Scaled, .. parameters]);

    private static async Task RunAsync(LabSettings settings, string? report, CancellationToken cancellationToken)
    {
        await using var run = new LabRun(settings, static moment => Console.WriteLine(MomentText.Of(moment)));
        try
        {
            await run.OpenAsync(cancellationToken);
            await using var page = settings.Port is { } port ? await PageServer.StartAsync(run, port, cancellationToken) : null;
            if (page is not null)
            {
                Console.WriteLine($"The lab's page: {page.Address}");
            }

            Console.WriteLine($"The service: {run.ServiceAddress}  CloudWatch: {run.CloudWatchAddress}");
            foreach (var note in run.Setup.Notes)
            {
                Console.WriteLine(note);
            }

            Console.WriteLine(FormattableString.Invariant(
                $"Tasks start {settings.StartFactor:0.#} times as fast as on AWS. {(settings.Seconds is null ? "Ctrl-C ends it." : FormattableString.Invariant($"It runs for {settings.Seconds} s; Ctrl-C ends it sooner."))}"));
            await run.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is its way to end.
        }

        if (settings.Seconds is not null && LabComparison.Of(run) is { } comparison)
        {
            foreach (var line in comparison.Lines())
            {
                Console.WriteLine(line);
            }

            ReplayTable.Write(Terminal.Create(), comparison.Replay);
            if (report is not null)
            {
                Files.Write(report, writer => HtmlReport.Write(writer, comparison.Replay));
                Console.WriteLine($"Report: {report}");
            }
        }
    }
}
