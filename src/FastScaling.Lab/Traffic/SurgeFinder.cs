namespace FastScaling.Lab.Traffic;

/// <summary>Finds the seconds at which traffic jumps.</summary>
internal static class SurgeFinder
{
    // Half as much again as in the minute before, for ten seconds and beyond chance; then quiet for ten minutes.
    private const int Before = 60;
    private const int After = 10;
    private const double Factor = 1.5;
    private const double Deviations = 6;
    private const int Apart = 600;

    public static IReadOnlyList<int> Find(TrafficProfile traffic)
    {
        var sums = new long[traffic.Seconds + 1];
        for (var second = 0; second < traffic.Seconds; second++)
        {
            sums[second + 1] = sums[second] + traffic.Requests[second];
        }

        var surges = new List<int>();
        for (var second = Before; second + After <= traffic.Seconds; second++)
        {
            var before = (double)(sums[second] - sums[second - Before]) / Before;
            var after = (double)(sums[second + After] - sums[second]) / After;
            var isKnown = traffic.Masked.Count == 0 || !Enumerable.Range(second - Before, Before + After).Any(one => traffic.Masked[one]);
            if (after >= Factor * before && after - before >= Deviations * Math.Sqrt((before + 1) / After) && isKnown)
            {
                // The ten seconds may begin before it.
                var start = second;
                while (traffic.Requests[start] < (before + after) / 2 && start < second + After - 1)
                {
                    start++;
                }

                surges.Add(start);
                second = start + Apart;
            }
        }

        return surges;
    }
}
