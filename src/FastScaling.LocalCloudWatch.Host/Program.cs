using System.CommandLine;
using System.Globalization;

namespace FastScaling.LocalCloudWatch.Host;

internal static class Program
{
    private const int DefaultPort = 4582;

    private static Task<int> Main(string[] args)
    {
        var port = new Option<int>("--port")
        {
            Description = "The TCP port on 127.0.0.1, from 0 to 65535; 0 takes any free one.",
            DefaultValueFactory = static _ => DefaultPort,
            CustomParser = static result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= ushort.MaxValue)
                {
                    return value;
                }

                result.AddError("--port must be a number from 0 to 65535.");
                return DefaultPort;
            },
        };

        var command = new RootCommand("A local CloudWatch for development: keeps the metrics it is sent in memory and shows them on a page.") { port };
        command.SetAction((result, cancellationToken) => Server.RunAsync(result.GetValue(port), cancellationToken));
        return command.Parse(args).InvokeAsync();
    }
}
