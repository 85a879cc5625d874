namespace FastScaling.Simulations.Sockets;

/// <summary>How long a surge took to be accepted, in seconds.</summary>
/// <param name="Sampled">From the first request to the end of the second whose sample shows it.</param>
/// <param name="Accepted">From there to the acceptance of that sample: collection, jitter, call.</param>
internal readonly record struct SurgeDelay(double Sampled, double Accepted)
{
    /// <summary>A surge that was not seen.</summary>
    public static SurgeDelay Missing { get; } = new(double.NaN, double.NaN);

    public double Total => Sampled + Accepted;
}
