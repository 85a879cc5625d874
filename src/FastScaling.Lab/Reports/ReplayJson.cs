using System.Text.Json;
using FastScaling.Lab.Replay;

namespace FastScaling.Lab.Reports;

/// <summary>A replay as JSON. The names are part of the tool's interface; <c>schema</c> changes when they do.</summary>
internal static class ReplayJson
{
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Write(TextWriter writer, ReplayResult result)
    {
        var document = new
        {
            Schema,
            Traffic = new { result.Traffic.Name, result.Traffic.Seconds, result.Traffic.Mean, result.Traffic.Highest, result.Traffic.MaskedSeconds },
            result.Assumptions,
            Variants = result.Outcomes.Select(outcome => new
            {
                outcome.Variant.Name,
                Template = outcome.Variant.Template.Source,
                outcome.Variant.ExporterOptions,
                Summary = outcome.Base,
                Ranges = result.HasRanges ? outcome.Range : [],
                outcome.Result.Surges,
                Events = outcome.Result.Timeline.Where(one => one.Kind != Simulation.SimulationEventKind.Task).Select(one => new { one.Seconds, Kind = one.Kind.ToString(), one.Text }),
                outcome.Notes,
            }),
        };
        writer.Write(JsonSerializer.Serialize(document, Options));
    }
}
