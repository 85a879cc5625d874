namespace FastScaling.Simulations.Sockets;

/// <summary>What clients ask of a service, in requests a second: a base, and in a surge a peak. That of the simulations unless said otherwise.</summary>
internal sealed record SurgeLoad(double Base = 50, double Peak = 300);
