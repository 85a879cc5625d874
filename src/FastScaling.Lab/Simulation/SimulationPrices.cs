namespace FastScaling.Lab.Simulation;

/// <summary>List prices in US dollars, us-east-1.</summary>
internal sealed record SimulationPrices
{
    /// <summary>One task for an hour. Default 0.04937: Fargate, Linux on x86, 1 vCPU at 0.04048 and 2 GB at 0.004445 each. To be checked on the live page.</summary>
    public double TaskHour { get; init; } = 0.04048 + (2 * 0.004445);

    /// <summary>A thousand calls of PutMetricData. Default 0.01.</summary>
    public double ThousandCalls { get; init; } = 0.01;
}
