using System.Globalization;
using MathNet.Numerics.Statistics;

namespace FastScaling.Simulations.Loads;

/// <summary>Requests of a whole service in each second of a day, with holes where nothing was recorded.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Requests">Requests by second; 0 in holes.</param>
/// <param name="IsHole">Whether a second is missing from a recording.</param>
internal sealed record DayOfTraffic(string Name, double[] Requests, bool[] IsHole)
{
    // Silence of more than five seconds is a hole in a recording.
    private const int LongestSilence = 5;

    /// <summary>A recording: lines of second and requests, after a line of names.</summary>
    public static DayOfTraffic Read(string path)
    {
        var requests = new double[86_400];
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var second = int.Parse(line.AsSpan(0, comma), CultureInfo.InvariantCulture);
            requests[second] = double.Parse(line.AsSpan(comma + 1), CultureInfo.InvariantCulture);
        }

        return new DayOfTraffic("recorded day", requests, HolesOf(requests));
    }

    /// <summary>
    /// A day that the project ships: a night, a busy afternoon, steps, ramps and bursts at random times.
    /// </summary>
    public static DayOfTraffic Synthesize(int seed)
    {
        var random = new Random(seed);
        var rate = new double[86_400];
        for (var second = 0; second < rate.Length; second++)
        {
            rate[second] = 50 * (1 - (0.7 * Math.Cos(2 * Math.PI * (second - (4 * 3600)) / 86_400.0)));
        }

        for (var i = 0; i < 14; i++)
        {
            var start = random.Next(3600, 82_000);
            var length = random.Next(60, 600);
            var rise = (i % 3) switch { 0 => 0, 1 => 30, _ => random.Next(60, 300) };
            var factor = 2 + (random.NextDouble() * 4);
            for (var second = start; second < start + rise + length; second++)
            {
                rate[second] *= 1 + ((factor - 1) * (rise == 0 ? 1 : Math.Min(1, (second - start) / (double)rise)));
            }
        }

        return new DayOfTraffic(
            "synthetic day",
            [.. rate.Select(expected => (double)MathNet.Numerics.Distributions.Poisson.Sample(random, expected))],
            new bool[rate.Length]);
    }

    /// <summary>Requests by task and second for a fleet, scaled so that the median is a rate by task; each request goes to any task.</summary>
    public ushort[][] Split(int tasks, double medianPerTask, int seed)
    {
        var random = new Random(seed);
        var median = Requests.Where((_, second) => !IsHole[second]).Median();
        var scale = medianPerTask * tasks / median;
        var split = Enumerable.Range(0, tasks).Select(_ => new ushort[Requests.Length]).ToArray();
        for (var second = 0; second < Requests.Length; second++)
        {
            var scaled = Requests[second] * scale;
            var total = (int)scaled + (random.NextDouble() < scaled - (int)scaled ? 1 : 0);
            for (var i = 0; i < total; i++)
            {
                split[random.Next(tasks)][second]++;
            }
        }

        return split;
    }

    private static bool[] HolesOf(double[] requests)
    {
        var holes = new bool[requests.Length];
        var silence = 0;
        for (var second = 0; second <= requests.Length; second++)
        {
            if (second < requests.Length && requests[second] == 0)
            {
                silence++;
                continue;
            }

            if (silence > LongestSilence)
            {
                Array.Fill(holes, true, second - silence, silence);
            }

            silence = 0;
        }

        return holes;
    }
}
