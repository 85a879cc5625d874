using System.Globalization;
using System.Text.RegularExpressions;

namespace FastScaling.Demo.Tests;

/// <summary>The numbers of what the demo has written.</summary>
internal sealed partial class SummaryText
{
    private readonly string _output;

    public SummaryText(IEnumerable<string> lines) => _output = string.Join('\n', lines);

    public double CrossedAfter => Number(CrossedPattern());

    public double Sent => Number(SentPattern());

    public double Sum => Number(SumPattern());

    public double SeenByOwnExporter => Number(OwnExporterPattern());

    public double FromOthers => Number(OthersPattern());

    public override string ToString() => _output;

    private double Number(Regex pattern)
    {
        var match = pattern.Match(_output);
        Assert.True(match.Success, $"Not found: {pattern} in\n{_output}");
        return double.Parse(match.Groups[1].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"crossed the threshold, ([0-9.]+) s after the surge began")]
    private static partial Regex CrossedPattern();

    [GeneratedRegex("Requests sent +([0-9,]+) ")]
    private static partial Regex SentPattern();

    [GeneratedRegex("Sum of RequestsPerSecond +([0-9,]+), equal")]
    private static partial Regex SumPattern();

    [GeneratedRegex("own exporter +([0-9,]+) ")]
    private static partial Regex OwnExporterPattern();

    [GeneratedRegex("Requests of others +([0-9,]+)[^0-9]")]
    private static partial Regex OthersPattern();
}
