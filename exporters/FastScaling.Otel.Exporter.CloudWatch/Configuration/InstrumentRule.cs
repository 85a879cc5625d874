using System.IO.Enumeration;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Instruments of the application that are published like signals.</summary>
/// <param name="Meter">The name of their meter; <c>*</c> stands for any characters.</param>
/// <param name="Pattern">The name of the instruments; <c>*</c> stands for any characters.</param>
/// <param name="Tags">The tags that become dimensions.</param>
internal sealed record InstrumentRule(string Meter, string Pattern, IReadOnlyList<string> Tags)
{
    public bool Matches(string meter, string instrument) => IsMatch(Meter, meter) && IsMatch(Pattern, instrument);

    // Names of meters and instruments are compared by OpenTelemetry without case. A ? stands for itself.
    private static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(Escape(pattern), name, ignoreCase: true);

    private static string Escape(string pattern) =>
        pattern.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal);
}
