namespace FastScaling.Simulations.Loads;

/// <summary>The same rate all the time, another for each task.</summary>
internal sealed class SteadyLoad(params double[] rates) : ILoad
{
    public double Expected(int task, double from, double to) => rates[task] * (to - from);
}
