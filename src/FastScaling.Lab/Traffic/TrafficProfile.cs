namespace FastScaling.Lab.Traffic;

/// <summary>Requests that clients send, second by second.</summary>
/// <param name="Name">What a report calls it.</param>
/// <param name="Requests">Requests in each second.</param>
/// <param name="Masked">
/// For each second whether nothing is known of it; there <see cref="Requests"/> holds the mean of the minute before. Empty when all is known.
/// </param>
internal sealed record TrafficProfile(string Name, IReadOnlyList<int> Requests, IReadOnlyList<bool> Masked)
{
    /// <summary>The longest profile: a week.</summary>
    public const int MaxSeconds = 7 * 86_400;

    public int Seconds => Requests.Count;

    public int MaskedSeconds => Masked.Count(masked => masked);

    public double Mean => Requests.Count == 0 ? 0 : Requests.Average();

    public int Highest => Requests.Count == 0 ? 0 : Requests.Max();

    /// <summary>The middle of the seconds that are known.</summary>
    public double Median
    {
        get
        {
            var known = Requests.Where((_, second) => Masked.Count == 0 || !Masked[second]).Order().ToArray();
            return known.Length == 0 ? 0 : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2.0;
        }
    }

    /// <summary>The same traffic times a factor, rounded at random so that the mean stays.</summary>
    public TrafficProfile Scale(double factor, int seed)
    {
        var random = new Random(seed);
        return this with { Requests = [.. Requests.Select(count => RoundAtRandom(count * factor, random))] };
    }

    /// <summary>A part of it. What lies outside is left out.</summary>
    public TrafficProfile Part(int fromSecond, int seconds) => this with
    {
        Requests = [.. Requests.Skip(fromSecond).Take(seconds)],
        Masked = [.. Masked.Skip(fromSecond).Take(seconds)],
    };

    public static int RoundAtRandom(double value, Random random)
    {
        var whole = Math.Floor(value);
        return (int)Math.Min(int.MaxValue, whole + (random.NextDouble() < value - whole ? 1 : 0));
    }
}
