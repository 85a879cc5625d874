using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FastScaling.Benchmarks;

/// <summary>A result divided by the number of data that one operation exports.</summary>
internal sealed class PerDatumColumn : IColumn
{
    private readonly string _unit;
    private readonly Func<BenchmarkReport, BenchmarkCase, double?> _value;

    public PerDatumColumn(string name, string unit, Func<BenchmarkReport, BenchmarkCase, double?> value)
    {
        ColumnName = name;
        _unit = unit;
        _value = value;
    }

    public string Id => $"{nameof(PerDatumColumn)}.{ColumnName}";

    public string ColumnName { get; }

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => $"{ColumnName} exported";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(ExportBenchmarks.Data)] is int data
        && summary[benchmarkCase] is { } report
        && _value(report, benchmarkCase) is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value / data:N1} {_unit}")
            : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
