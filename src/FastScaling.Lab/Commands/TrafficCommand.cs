using System.CommandLine;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling traffic</c>: writes synthetic traffic.</summary>
internal static class TrafficCommand
{
    public static Command Create()
    {
        var profile = new TrafficOptions(isFileAllowed: false);
        var output = new Option<string?>("--output", "-o") { HelpName = "file", Description = "The file to write; without it the lines go to the standard output." };
        var command = new Command("traffic", "Writes synthetic traffic as a CSV file (second,requests).") { output };
        profile.AddTo(command);
        command.SetAction(parsed =>
        {
            var traffic = profile.Read(parsed);
            if (parsed.GetValue(output) is { } path)
            {
                Files.Write(path, writer => TrafficWriter.Write(writer, traffic));
                Console.Error.WriteLine(FormattableString.Invariant($"{path}: {traffic.Seconds} seconds, mean {traffic.Mean:0.0}, highest second {traffic.Highest}."));
            }
            else
            {
                TrafficWriter.Write(Console.Out, traffic);
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
