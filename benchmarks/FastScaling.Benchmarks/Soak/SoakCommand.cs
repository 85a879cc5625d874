using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Soak;

/// <summary>Runs services and CloudWatch in real time under load, faults and restarts, and holds their books against each other.</summary>
internal static class SoakCommand
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2.5);

    public static Command Create()
    {
        var duration = new Option<TimeSpan>("--for")
        {
            Description = "How long: 90s, 10m, 1h; from 1 minute to 2.5 hours, since CloudWatch keeps seconds for 3.",
            DefaultValueFactory = static _ => TimeSpan.FromHours(1),
            CustomParser = Duration,
        };
        var reports = new Option<DirectoryInfo>("--reports")
        {
            Description = "The folder of the report.",
            DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("docs", "quality")),
        };
        var command = new Command("soak", "An hour of load, faults and restarts: flat memory and handles, and books that agree.") { duration, reports };
        command.SetAction(async (result, _) =>
        {
            using var run = new SoakRun(result.GetValue(duration));
            var outcome = await run.RunAsync();
            var checks = SoakJudge.Check(outcome);
            SoakReport.Write(result.GetValue(reports)!, outcome, checks);
            foreach (var check in checks.Where(static check => !check.IsMet))
            {
                await Console.Error.WriteLineAsync($"Not held: {check.Name}: {check.Found}, needed: {check.Needed}.");
            }

            return checks.All(static check => check.IsMet) ? 0 : 1;
        });
        return command;
    }

    private static TimeSpan Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = text.Length == 0 ? ' ' : text[^1];
        if (double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && unit is 's' or 'm' or 'h')
        {
            var duration = number * (unit == 's' ? TimeSpan.FromSeconds(1) : unit == 'm' ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1));
            if (duration >= Shortest && duration <= Longest)
            {
                return duration;
            }
        }

        result.AddError($"--for: '{text}' is not allowed; allowed is 1m to 2.5h, such as 90s, 10m or 1h.");
        return default;
    }
}
