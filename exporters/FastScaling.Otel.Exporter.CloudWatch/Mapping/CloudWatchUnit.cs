namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>The CloudWatch unit of a metric, by its UCUM unit as OpenTelemetry instruments have it.</summary>
/// <param name="Name">A unit of CloudWatch (MetricDatum, API reference).</param>
/// <param name="Factor">What a value is multiplied by. Exactly 1 where the value does not change.</param>
/// <param name="Step">A nanosecond in the instrument's unit, to which durations may be rounded; 0 for other units.</param>
internal readonly record struct CloudWatchUnit(string Name, double Factor, double Step = 0)
{
    public const string None = "None";

    private const double Kibi = 1024;

    /// <summary>
    /// The unit of a UCUM unit. Of one that CloudWatch has no word for it is None, and the value does not change.
    /// Annotations behind a unit (<c>By{payload}</c>) do not count.
    /// </summary>
    public static CloudWatchUnit Of(string? unit, DurationUnit durations)
    {
        unit = unit?.Trim() ?? string.Empty;
        var isRate = unit.EndsWith("/s", StringComparison.Ordinal);
        var (name, factor) = OfAmount(WithoutAnnotation(isRate ? unit[..^2] : unit), isRate);
        return (name, isRate) switch
        {
            (null, false) => OfDuration(WithoutAnnotation(unit), durations),
            (null, true) => new CloudWatchUnit(None, 1),
            (_, true) => new CloudWatchUnit(name + "/Second", factor),
            _ => new CloudWatchUnit(name, factor),
        };
    }

    private static (string? Name, double Factor) OfAmount(string unit, bool isRate) => unit switch
    {
        // A plain number can be a ratio, which is no count; so much a second is a count a second.
        "1" => (isRate ? "Count" : None, 1),
        "%" when !isRate => ("Percent", 1),
        "Hz" when !isRate => ("Count/Second", 1),
        "By" => ("Bytes", 1),
        "kBy" => ("Kilobytes", 1),
        "MBy" => ("Megabytes", 1),
        "GBy" => ("Gigabytes", 1),
        "TBy" => ("Terabytes", 1),

        // Whether CloudWatch's Kilobytes are 1000 or 1024 is not documented, so binary multiples become bytes.
        "KiBy" => ("Bytes", Kibi),
        "MiBy" => ("Bytes", Kibi * Kibi),
        "GiBy" => ("Bytes", Kibi * Kibi * Kibi),
        "TiBy" => ("Bytes", Kibi * Kibi * Kibi * Kibi),
        "bit" => ("Bits", 1),
        "kbit" => ("Kilobits", 1),
        "Mbit" => ("Megabits", 1),
        "Gbit" => ("Gigabits", 1),
        "Tbit" => ("Terabits", 1),
        "Kibit" => ("Bits", Kibi),
        "Mibit" => ("Bits", Kibi * Kibi),
        "Gibit" => ("Bits", Kibi * Kibi * Kibi),
        ['{', .., '}'] => ("Count", 1),
        _ => (null, 1),
    };

    private static CloudWatchUnit OfDuration(string unit, DurationUnit durations)
    {
        // In nanoseconds, so that factors between units are exact.
        double? nanoseconds = unit switch
        {
            "ns" => 1,
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "min" => 60e9,
            "h" => 3600e9,
            "d" => 86_400e9,
            _ => null,
        };
        var perUnit = durations switch
        {
            DurationUnit.Seconds => 1e9,
            DurationUnit.Milliseconds => 1e6,
            _ => 1e3,
        };
        return nanoseconds is { } length ? new CloudWatchUnit(durations.ToString(), length / perUnit, 1 / length) : new CloudWatchUnit(None, 1);
    }

    private static string WithoutAnnotation(string unit) =>
        unit.EndsWith('}') && unit.IndexOf('{', StringComparison.Ordinal) is > 0 and var start ? unit[..start] : unit;
}
