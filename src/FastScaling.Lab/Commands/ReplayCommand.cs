using System.CommandLine;
using System.Diagnostics;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Reports;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Traffic;
using Spectre.Console;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling replay</c>: a template under recorded or synthetic traffic, in simulated time.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var template = new Option<string>("--template", "-t") { HelpName = "file", Description = TemplateFiles.Help, DefaultValueFactory = static _ => TemplateFiles.BuiltIn };
        var parameters = CommonOptions.Parameters();
        var exporter = CommonOptions.Exporter();
        var compare = new Option<string[]>("--compare", "-c")
        {
            HelpName = "template[,Option=Value…]",
            Description = "Sets another template, or the same with other options of the exporter, beside the first. May be given several times.",
            DefaultValueFactory = static _ => [],
        };
        var traffic = new TrafficOptions(isFileAllowed: true);
        var assumptions = new AssumptionOptions();
        var json = new Option<string?>("--json") { HelpName = "file", Description = "Writes the results as JSON; '-' writes them to the standard output in place of the table." };
        var report = new Option<string?>("--report") { HelpName = "file", Description = "Writes a report with charts as one HTML file that needs no network." };
        var command = new Command(
            "replay",
            "Replays traffic against the alarms, policies, targets and scheduled actions of a template, in simulated time: detection, time to enough capacity, "
            + "lost and slow requests, task-hours, cost, flapping. Exit code 0: done, 2: wrong usage or a bad file.")
        {
            template, parameters, exporter, compare, json, report,
        };
        traffic.AddTo(command);
        assumptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var variants = Variants(parsed.GetValue(template)!, parsed.GetValue(parameters)!, parsed.GetValue(exporter)!, parsed.GetValue(compare)!);
            var tasks = variants[0].Template.Targets is [var target, ..] ? target.MinCapacity : 1;
            var load = traffic.Read(parsed, tasks);
            var result = Run(variants, load, assumptions.Read(parsed, parsed.GetValue(traffic.Seed)), assumptions.InitialTasks(parsed), assumptions.WithRanges(parsed), cancellationToken);
            if (parsed.GetValue(json) is { } path)
            {
                if (path == "-")
                {
                    ReplayJson.Write(Console.Out, result);
                    await Console.Out.WriteLineAsync();
                }
                else
                {
                    Files.Write(path, writer => ReplayJson.Write(writer, result));
                }
            }

            if (parsed.GetValue(json) != "-")
            {
                ReplayTable.Write(Terminal.Create(), result);
            }

            if (parsed.GetValue(report) is { } page)
            {
                Files.Write(page, writer => HtmlReport.Write(writer, result));
                await Console.Error.WriteLineAsync($"Report: {page}");
            }

            return ExitCode.Clean;
        });
        return command;
    }

    private static List<ReplayVariant> Variants(string template, string[] parameters, string[] exporter, string[] compare)
    {
        var first = TemplateFiles.Load(template, parameters);
        var name = Path.GetFileNameWithoutExtension(template);
        var variants = new List<ReplayVariant> { new(Named(name, exporter), first, Options(exporter)) };
        foreach (var text in compare)
        {
            var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length == 0)
            {
                throw new CommandException("--compare needs a template, or the options that differ.");
            }

            // Only options: the first template again.
            var isTemplate = !parts[0].Contains('=', StringComparison.Ordinal);
            var options = isTemplate ? parts[1..] : parts;
            variants.Add(new ReplayVariant(
                Named(isTemplate ? Path.GetFileNameWithoutExtension(parts[0]) : name, options),
                isTemplate ? TemplateFiles.Load(parts[0], Known(parts[0], parameters)) : first,
                Options(options)));
        }

        // Two files of the same name in different folders.
        return [.. variants.Select((variant, index) => variants.FindIndex(other => other.Name == variant.Name) < index ? variant with { Name = $"{variant.Name} ({index + 1})" } : variant)];
    }

    // A parameter that the other template does not have is the first one's alone.
    private static IEnumerable<string> Known(string template, string[] parameters)
    {
        var known = (TemplateParser.Parse(TemplateFiles.Text(template).Text)["Parameters"] as MapNode)?.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal) ?? [];
        return parameters.Where(parameter => known.Contains(parameter.Split('=')[0]));
    }

    private static string Named(string name, string[] options) => options.Length == 0 ? name : $"{name} {string.Join(' ', options)}";

    /// <summary>Options of the exporter, as Option=Value.</summary>
    public static Dictionary<string, string> Options(IEnumerable<string> options)
    {
        var values = NamedValues.Parse(options, "An option of the exporter must be Option=Value");
        foreach (var name in values.Keys)
        {
            ExporterOptionNames.Check(name);
        }

        return values;
    }

    private static ReplayResult Run(
        List<ReplayVariant> variants, TrafficProfile traffic, ReplayAssumptions assumptions, int? initialTasks, bool withRanges, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var outcomes = new ReplayOutcome[variants.Count];
        var seconds = ReplayRunner.RunsOf(withRanges) * traffic.Seconds;
        using var bar = new ProgressBar(variants.Count * seconds);
        try
        {
            Parallel.For(0, variants.Count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            {
                try
                {
                    outcomes[index] = ReplayRunner.Run(variants[index], traffic, assumptions, initialTasks, withRanges, bar.Part(), cancellationToken);
                }
                catch (TemplateException exception)
                {
                    throw new CommandException(FormattableString.Invariant($"{variants[index].Template.Source}:{exception.Mark.Line}:{exception.Mark.Column}: {exception.Message}"));
                }
            });
        }
        catch (AggregateException exception)
        {
            // The first error is enough; the others are likely the same.
            throw new CommandException(exception.InnerExceptions[0].Message);
        }

        return new ReplayResult(traffic, assumptions, withRanges, outcomes, watch.Elapsed);
    }
}
