namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>A datum as CloudWatch would understand it.</summary>
internal sealed record MappedDatum(string Unit, double[] Values, long[] Counts)
{
    public long Count => Counts.Sum();

    public double Sum => Values.Zip(Counts).Sum(pair => pair.First * pair.Second);
}
