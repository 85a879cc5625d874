using System.Text.Json;
using FastScaling.Lab.Checks;
using Spectre.Console;

namespace FastScaling.Lab.Commands;

/// <summary>Writes findings to the standard output: for a person, as JSON, or as SARIF for a code review.</summary>
internal static class FindingsWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(string format, string source, IReadOnlyList<Finding> findings)
    {
        switch (format)
        {
            case "json":
                WriteJson(writer => Json(writer, source, findings));
                break;
            case "sarif":
                WriteJson(writer => Sarif(writer, source, findings));
                break;
            default:
                Text(Terminal.Create(), source, findings);
                break;
        }
    }

    private static void Text(IAnsiConsole console, string source, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var color = finding.Severity switch { Severity.Error => "red", Severity.Warning => "yellow", _ => "blue" };
            var place = finding.Mark is { } mark ? FormattableString.Invariant($"{source}:{mark.Line}:{mark.Column}") : source;
            console.MarkupLineInterpolated($"[{color}]{SeverityName.Of(finding.Severity)}[/] [bold]{finding.Id}[/]  {finding.Resource}  [grey]{place}[/]");
            console.Write(new Padder(new Text(finding.What), new Padding(2, 0, 0, 0)));
            console.Write(new Padder(new Text($"Why: {finding.Why}"), new Padding(2, 0, 0, 0)));
            console.Write(new Padder(new Text($"Remedy: {finding.Remedy}"), new Padding(2, 0, 0, 0)));
            console.WriteLine();
        }

        var counts = Enum.GetValues<Severity>().Reverse().Select(severity => $"{findings.Count(finding => finding.Severity == severity)} {SeverityName.Of(severity)}");
        console.WriteLine(findings.Count == 0 ? $"{source}: no findings." : $"{source}: {string.Join(", ", counts)}.");
    }

    private static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            write(writer);
        }

        stream.Write("\n"u8);
    }

    private static void Json(Utf8JsonWriter writer, string source, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartObject();
        writer.WriteString("source", source);
        writer.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("id", finding.Id);
            writer.WriteString("severity", SeverityName.Of(finding.Severity));
            writer.WriteString("resource", finding.Resource);
            if (finding.Mark is { } mark)
            {
                writer.WriteNumber("line", mark.Line);
                writer.WriteNumber("column", mark.Column);
            }

            writer.WriteString("what", finding.What);
            writer.WriteString("why", finding.Why);
            writer.WriteString("remedy", finding.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Sarif(Utf8JsonWriter writer, string source, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartObject();
        writer.WriteString("version", "2.1.0");
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "fastscaling");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("ruleId", finding.Id);
            writer.WriteString("level", finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
            writer.WriteStartObject("message");
            writer.WriteString("text", $"{finding.Resource}: {finding.What} {finding.Why} {finding.Remedy}");
            writer.WriteEndObject();
            if (finding.Mark is { } mark)
            {
                writer.WriteStartArray("locations");
                writer.WriteStartObject();
                writer.WriteStartObject("physicalLocation");
                writer.WriteStartObject("artifactLocation");
                writer.WriteString("uri", source);
                writer.WriteEndObject();
                writer.WriteStartObject("region");
                writer.WriteNumber("startLine", mark.Line);
                writer.WriteNumber("startColumn", mark.Column);
                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
