using FastScaling.Otel.Exporter.CloudWatch;

namespace FastScaling.Lab.Commands;

/// <summary>The names of the exporter's options, from the options themselves.</summary>
internal static class ExporterOptionNames
{
    /// <exception cref="CommandException">There is no such option.</exception>
    public static void Check(string name)
    {
        var known = typeof(FastScalingCloudWatchExporterOptions).GetProperties().Select(property => property.Name).ToArray();
        var first = name.Split(':', '.')[0].Split("__")[0];
        if (!known.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            throw new CommandException($"The exporter has no option '{name}'; it has {string.Join(", ", known)}.");
        }
    }
}
