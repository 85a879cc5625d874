using System.CommandLine;
using FastScaling.Demo.Display;
using FastScaling.Demo.Running;

namespace FastScaling.Demo;

/// <summary>The command line.</summary>
internal static class DemoCommand
{
    private const int ShortestRun = 20;
    private const int LongestRun = 3600;
    private const int HighestRate = 1000;

    // The 10-second average needs room to rise before the run ends.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(10);

    public static RootCommand Create()
    {
        var defaults = new DemoOptions();
        var port = Number("--port", "port", 0, 0, 65535, "Port of the web service on the loopback address; 0 takes a free one.");
        var cloudWatchPort = Number("--cloudwatch-port", "port", 0, 0, 65535, "Port of the local CloudWatch on the loopback address; 0 takes a free one.");
        var rate = Number("--rate", "requests", defaults.Rate, 1, HighestRate, "Requests per second before and after the surge.");
        var surgeRate = Number("--surge-rate", "requests", defaults.SurgeRate, 1, HighestRate, "Requests per second during the surge.");
        var surgeAfter = Number("--surge-after", "seconds", (int)defaults.SurgeAfter.TotalSeconds, 1, LongestRun, "Seconds until the surge begins. It lasts two thirds of what is left.");
        var duration = Number("--duration", "seconds", (int)defaults.Duration.TotalSeconds, ShortestRun, LongestRun, "Seconds that the load lasts.");
        var serve = new Option<bool>("--serve") { Description = "Keep everything running, with a surge in every --duration, until Ctrl-C." };

        var command = new RootCommand(
            "Starts a local CloudWatch and a small web service with the exporter, sends it HTTP load that surges, and shows what CloudWatch "
            + "shows: each metric, and when the 10-second average crossed the alarm's threshold. Needs no AWS account.")
        {
            port, cloudWatchPort, rate, surgeRate, surgeAfter, duration, serve,
        };
        command.SetAction((parsed, _) => RunAsync(new DemoOptions
        {
            Port = parsed.GetValue(port),
            CloudWatchPort = parsed.GetValue(cloudWatchPort),
            Rate = parsed.GetValue(rate),
            SurgeRate = parsed.GetValue(surgeRate),
            SurgeAfter = TimeSpan.FromSeconds(parsed.GetValue(surgeAfter)),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
            Serve = parsed.GetValue(serve),
        }));
        return command;
    }

    private static Option<int> Number(string name, string unit, int value, int least, int most, string description)
    {
        var option = new Option<int>(name) { HelpName = unit, Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            // What is no number at all is reported by the parser.
            if (result.Tokens.Count == 1
                && long.TryParse(result.Tokens[0].Value, out var number)
                && (number < least || number > most))
            {
                result.AddError($"{name} must be from {least} to {most}, and is {number}.");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(DemoOptions options)
    {
        using var stop = new StopSignals();
        try
        {
            if (options.SurgeAfter > options.Duration - ShortestRest)
            {
                throw new DemoException($"--surge-after must be at least {ShortestRest.TotalSeconds:0} seconds less than --duration.");
            }

            return await new DemoRun(options, Displays.ForTerminal(options), stop.Token).RunAsync() ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Stopped while it was still starting: there is nothing to sum up.
            return 0;
        }
        catch (Exception exception)
        {
            // Whatever it is, a person reads it: one line, no stack trace.
            await Console.Error.WriteLineAsync($"FastScaling.Demo: {exception.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
