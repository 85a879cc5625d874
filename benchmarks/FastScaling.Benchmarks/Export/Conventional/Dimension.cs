namespace FastScaling.Benchmarks.Conventional;

/// <summary>A dimension as in the service client of an AWS SDK.</summary>
internal sealed class Dimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
