using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Live.Load;

/// <summary>The traffic of a lab that was given none.</summary>
internal static class LabTraffic
{
    /// <summary>How long it is calm before the first surge, in seconds.</summary>
    public const int Calm = 15;

    private const int Level = 90;
    private const int Length = 240;

    /// <summary>Calm, a step up, and calm again.</summary>
    /// <param name="rate">Requests a second when it is calm.</param>
    /// <param name="factor">How many times as many in the surge.</param>
    /// <param name="seed">Of the random numbers.</param>
    public static TrafficProfile Surge(double rate, double factor, int seed)
    {
        var random = new Random(seed);
        var counts = Enumerable.Range(0, Length)
            .Select(second => TrafficProfile.RoundAtRandom(rate * (second is >= Calm and < Calm + Level ? factor : 1), random));
        return new TrafficProfile(FormattableString.Invariant($"surge (seed {seed})"), [.. counts], []);
    }
}
