using System.Text.RegularExpressions;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Instruments of the application that are published like signals.</summary>
/// <param name="Meter">The name of their meter; <c>*</c> stands for any characters.</param>
/// <param name="Pattern">The name of the instruments; <c>*</c> stands for any characters.</param>
/// <param name="Tags">The tags that become dimensions.</param>
/// <param name="SurgeThreshold">From where on a rise is a surge, in the unit that is published; null takes no part.</param>
internal sealed record InstrumentRule(string Meter, string Pattern, IReadOnlyList<string> Tags, double? SurgeThreshold = null)
{
    // OpenTelemetry compares names of meters and instruments without case.
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking;

    private readonly Regex _meter = Compile(Meter);
    private readonly Regex _pattern = Compile(Pattern);

    public bool Matches(string meter, string instrument) => _meter.IsMatch(meter) && _pattern.IsMatch(instrument);

    private static Regex Compile(string pattern) =>
        new($@"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", Options);
}
