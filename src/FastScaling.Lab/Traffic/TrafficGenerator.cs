namespace FastScaling.Lab.Traffic;

/// <summary>Makes synthetic traffic. The same settings and seed give the same traffic, on every machine.</summary>
internal static class TrafficGenerator
{
    private const int SecondsPerDay = 86_400;

    /// <param name="kind">The shape.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Requests a second of the base; the mean of the day for <see cref="ProfileKind.Day"/>.</param>
    /// <param name="factor">How many times the base the step, the ramp and the bursts reach.</param>
    /// <param name="seed">Of the random numbers.</param>
    public static TrafficProfile Generate(ProfileKind kind, int seconds, double rate, double factor, int seed)
    {
        var random = new Random(seed);
        var surges = kind == ProfileKind.Day ? Surges(seconds, random) : [];
        var bursts = kind == ProfileKind.Burst ? Bursts(seconds, random) : [];
        var counts = new int[seconds];
        for (var second = 0; second < seconds; second++)
        {
            var share = (double)second / seconds;
            var mean = rate * kind switch
            {
                ProfileKind.Day => Daily(second) * Highest(surges, second, factor),
                ProfileKind.Step => share is >= 0.25 and < 0.75 ? factor : 1,
                ProfileKind.Ramp => 1 + ((factor - 1) * Math.Clamp(Math.Min((share - 0.1) / 0.3, (0.9 - share) / 0.3), 0, 1)),
                _ => Highest(bursts, second, factor),
            };
            counts[second] = Poisson(mean, random);
        }

        return new TrafficProfile($"{ProfileName.Of(kind)} (seed {seed})", counts, []);
    }

    // From 0.1 at four in the morning to 1.9 in the evening; the mean of a day is 1.
    private static double Daily(int second)
    {
        var hour = second % SecondsPerDay / 3600.0;
        var value = 1 - (0.75 * Math.Cos(2 * Math.PI * (hour - 4) / 24)) - (0.3 * Math.Cos(4 * Math.PI * (hour - 1) / 24));
        return Math.Max(0.1, value);
    }

    // About ten in a day, as in recorded traffic: up within 30 seconds, and down over some minutes.
    private static List<Surge> Surges(int seconds, Random random)
    {
        var surges = new List<Surge>();
        for (var start = random.Next(600, 7200); start < seconds; start += random.Next(3600, 14_400))
        {
            surges.Add(new Surge(start, random.Next(10, 30), random.Next(120, 900), random.Next(120, 600)));
        }

        return surges;
    }

    private static List<Surge> Bursts(int seconds, Random random)
    {
        var bursts = new List<Surge>();
        for (var start = 120; start < seconds; start += random.Next(240, 480))
        {
            bursts.Add(new Surge(start, 2, random.Next(10, 60), 5));
        }

        return bursts;
    }

    private static double Highest(List<Surge> surges, int second, double factor) =>
        surges.Count == 0 ? 1 : 1 + ((factor - 1) * surges.Max(surge => surge.HeightAt(second)));

    // Knuth's way for small means; for large ones the normal distribution is near enough.
    private static int Poisson(double mean, Random random)
    {
        if (mean > 60)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (int)Math.Clamp(Math.Round(mean + (Math.Sqrt(mean) * normal)), 0, int.MaxValue);
        }

        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }

    /// <summary>Up, level and down again; lengths in seconds.</summary>
    private sealed record Surge(int Start, int Rise, int Level, int Fall)
    {
        public double HeightAt(int second)
        {
            var since = second - Start;
            return Math.Clamp(Math.Min((double)since / Rise, (double)(Rise + Level + Fall - since) / Fall), 0, 1);
        }
    }
}
