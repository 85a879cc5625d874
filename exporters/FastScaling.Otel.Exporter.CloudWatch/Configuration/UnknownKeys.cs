using System.Globalization;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Finds keys of the configuration section that no option has: most are slips of the pen.</summary>
internal static class UnknownKeys
{
    // All of the options, whoever adds one; the credentials are for code alone.
    private static readonly string[] Known =
    [
        .. typeof(FastScalingCloudWatchExporterOptions).GetProperties()
            .Where(property => property.PropertyType != typeof(AWSCredentials))
            .Select(property => property.Name)
            .Append(nameof(FastScalingCloudWatchExporterOptions.Instruments)) // AddInstrument in code.
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A sentence for each unknown key, which names it and the option that is spelled most like it.</summary>
    public static IEnumerable<string> Of(IConfigurationSection section) =>
        section.GetChildren()
            .Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => string.Create(
                CultureInfo.InvariantCulture,
                $"The configuration key {section.Path}:{child.Key} is not an option of the exporter and does nothing; the closest one is {Closest(child.Key)}."));

    // A part of a name is closer than any slip.
    private static string Closest(string key) => Known.MinBy(known =>
        known.Contains(key, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(key.ToUpperInvariant(), known.ToUpperInvariant()))!;

    /// <summary>Letters to insert, remove or replace (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
