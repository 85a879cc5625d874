using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Gate;

/// <summary>Writes gate.md.</summary>
internal static class GateReport
{
    public static void Write(DirectoryInfo folder, IReadOnlyList<GateResult> results)
    {
        using var text = new StringWriter();
        text.WriteLine("# Gate");
        text.WriteLine();
        text.WriteLine("What `benchmarks/run gate` printed.");
        text.WriteLine();
        text.WriteLine(ReportFolder.Environment());
        text.WriteLine();
        text.WriteLine("```");
        GateTable.Write(results, text);
        text.WriteLine("```");
        ReportFolder.Write(folder, "gate.md", text.ToString());
    }
}
