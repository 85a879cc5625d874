namespace FastScaling.Simulations.Loads;

/// <summary>A base, and from one moment on another rate, reached in a straight line. Both rates by task.</summary>
internal sealed class StepLoad(double[] bases, double[] peaks, double start, double rampSeconds) : ILoad
{
    public double Expected(int task, double from, double to) =>
        (bases[task] * (to - from)) + ((peaks[task] - bases[task]) * (Risen(to) - Risen(from)));

    /// <summary>The area under the step, from its start.</summary>
    private double Risen(double time)
    {
        var since = Math.Max(0, time - start);
        return rampSeconds <= 0 ? since : since < rampSeconds ? since * since / (2 * rampSeconds) : since - (rampSeconds / 2);
    }
}
