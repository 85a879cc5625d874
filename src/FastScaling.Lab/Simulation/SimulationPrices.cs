using FastScaling.Lab.Costs;

namespace FastScaling.Lab.Simulation;

/// <summary>List prices in US dollars, us-east-1.</summary>
internal sealed record SimulationPrices
{
    /// <summary>One task for an hour. Default 0.04937: Fargate, Linux on x86, 1 vCPU and 2 GB.</summary>
    public double TaskHour { get; init; } = FleetCost.TaskHours(1, processors: 1, gigabytes: 2);

    /// <summary>A thousand calls of PutMetricData. Default 0.01.</summary>
    public double ThousandCalls { get; init; } = PriceList.ThousandCalls;
}
