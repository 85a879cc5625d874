using System.CommandLine;
using System.CommandLine.Parsing;

namespace FastScaling.Benchmarks.Load;

/// <summary>The hidden command that a load run or an experiment starts as a process of its own.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var exporter = new Option<Uri?>("--exporter") { Description = "Where the exporter sends; without it there is no exporter.", CustomParser = Address };
        var openTelemetry = new Option<bool>("--opentelemetry") { Description = "The service has OpenTelemetry metrics anyway." };
        var listener = new Option<bool>("--no-op-listener") { Description = "A listener that does nothing takes the measurements." };
        var interval = new Option<double>("--interval") { Description = "The export interval in seconds.", DefaultValueFactory = static _ => 5 };
        var conventional = new Option<Uri?>("--conventional") { Description = "Where a timer with HttpClient sends to as well.", CustomParser = Address };
        var command = new Command(Name, "Serves until standard input ends.") { exporter, openTelemetry, listener, interval, conventional };
        command.Hidden = true;
        command.SetAction(result => ServiceLoop.Run(new ServiceSetup(
            result.GetValue(exporter),
            result.GetValue(openTelemetry),
            TimeSpan.FromSeconds(result.GetValue(interval)),
            result.GetValue(conventional))
        {
            HasNoOpListener = result.GetValue(listener),
        }));
        return command;
    }

    private static Uri Address(ArgumentResult result) => new(result.Tokens[0].Value);
}
