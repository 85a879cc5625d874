using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Replay;

/// <summary>One column of a comparison: a template with the exporter's options.</summary>
/// <param name="Name">What a report calls it.</param>
/// <param name="Template">The template.</param>
/// <param name="ExporterOptions">Options of the exporter in place of those of the task definition, by their names.</param>
internal sealed record ReplayVariant(string Name, ScalingTemplate Template, IReadOnlyDictionary<string, string> ExporterOptions);
