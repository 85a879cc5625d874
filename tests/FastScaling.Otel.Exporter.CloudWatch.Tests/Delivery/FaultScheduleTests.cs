using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class FaultScheduleTests(ITestOutputHelper output)
{
    private const int Schedules = 1000;
    private const int TurnsAMinute = 13;

    [Fact]
    public void In_a_thousand_schedules_of_faults_every_datum_is_in_exactly_one_place()
    {
        var seen = new HashSet<SendOutcome>();
        var (requests, data, unknown) = (0L, 0L, 0L);
        for (var seed = 0; seed < Schedules; seed++)
        {
            try
            {
                using var run = Run(seed);
                seen.UnionWith(run.Requests.Select(request => request.Outcome));
                requests += run.Requests.Count;
                data += run.Statistics.AcceptedData;
                unknown += run.Statistics.UnknownData;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} failed.", exception);
            }
        }

        output.WriteLine($"{requests} requests, {data} data accepted, {unknown} unknown.");
        Assert.Equal(Enum.GetValues<SendOutcome>().Order(), seen.Order());
    }

    [Fact]
    public void After_an_outage_of_an_hour_live_data_are_current_within_an_interval_and_there_is_no_storm()
    {
        const long MaxBytes = 1024 * 1024;
        for (var seed = 0; seed < 10; seed++)
        {
            using var run = new SimulatedDelivery(seed, MaxBytes, TimeSpan.FromMinutes(5));
            var (begin, end) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(62));
            Fault[] outages = [Fault.Unreachable, Fault.ServerError, Fault.Throttled, Fault.Page];
            run.FaultAt = now => now >= begin && now < end ? outages[seed % outages.Length] : Fault.None;

            run.RunUntil(end);
            var during = run.Requests.Where(request => request.At >= begin).ToList();
            var largest = run.Pending.Bytes;
            run.RunUntil(end + SimulatedDelivery.Interval);
            Assert.InRange((end + SimulatedDelivery.Interval).TotalSeconds - run.NewestHeld, 0, SimulatedDelivery.Interval.TotalSeconds);
            run.RunUntil(end + TimeSpan.FromMinutes(2));

            // One small request an interval, after the spare retries; after the return one more for the backlog.
            Assert.InRange(during.Count, 719, 721 + DeliveryPlan.SpareRetries);
            Assert.All(during.Skip(20), request => Assert.InRange(request.Data, 1, 6 * 6));
            var after = run.Requests.Where(request => request.At >= end).ToList();
            Assert.All(
                after.GroupBy(request => (int)((request.At - end) / SimulatedDelivery.Interval)),
                interval => Assert.InRange(interval.Count(), 1, 3));
            Assert.InRange(after.Count(request => request.Data > 40), 1, 4);

            // Five minutes of the hour were kept and came; the rest were dropped, and counted.
            Assert.InRange(largest, MaxBytes / 8, MaxBytes);
            Assert.Equal(0, run.Statistics.Dropped(DropReason.BacklogFull));
            Assert.False(run.Pending.HasBacklog);
            run.Stop();
        }
    }

    private static SimulatedDelivery Run(int seed)
    {
        var random = new Random(seed);
        var maxAge = TimeSpan.FromSeconds(10 + random.Next(200));
        var run = new SimulatedDelivery(seed, (16 + random.Next(128)) * 1024, maxAge);
        var faults = Enum.GetValues<Fault>();
        var phases = Enumerable.Range(0, 100)
            .Select(_ => (Lasts: 1 + random.Next(30), Fault: random.Next(2) == 0 ? Fault.None : faults[random.Next(faults.Length)]))
            .SelectMany(phase => Enumerable.Repeat(phase.Fault, phase.Lasts))
            .ToList();
        run.FaultAt = now => (int)now.TotalSeconds is var second && second < 180 ? phases[second] : Fault.None;
        run.Skew = random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(-600, 600)) : TimeSpan.Zero;
        run.MaxData = random.Next(4) == 0 ? 100 + random.Next(200) : 1000;
        run.IsPoison = random.Next(4) switch
        {
            0 => datum => (datum.Second * 31) % 41 == seed % 41 && datum.Metric.Length % 2 == seed % 2,
            1 => datum => datum.Metric == nameof(ScalingSignals.QueueDelay) && datum.Second > 40,
            2 => datum => datum.Second is > 50 and < 60,
            _ => _ => false,
        };

        run.RunUntil(TimeSpan.FromSeconds(180));
        IsPaced(run);

        // When all is well again, all that waits comes to an end.
        run.IsPoison = _ => false;
        run.RunUntil(TimeSpan.FromSeconds(180) + DeliveryPlan.LongestForbiddenPace + SimulatedDelivery.Interval * 3);
        run.IsSampling = false;
        run.RunUntil(run.Now + maxAge + SimulatedDelivery.Interval * 2);
        Assert.Equal(0, run.Pending.Data);
        run.Stop();
        return run;
    }

    private static void IsPaced(SimulatedDelivery run)
    {
        var requests = run.Requests;
        Assert.All(requests, request => Assert.InRange(request.Attempt, 1, Backoff.OfFailures.Attempts + 1));
        var accepted = requests.Count(request => request.Outcome == SendOutcome.Accepted);
        var corrections = requests.Count(request => request.Outcome == SendOutcome.ClockSkewed);
        var retries = requests.Count(request => request.Attempt > 1);
        Assert.InRange(retries, 0, DeliveryPlan.SpareRetries + accepted + corrections);
        Assert.Equal(run.Statistics.Retries, retries);

        // A turn has one request of live data and one of backlog; more only where a request may not be as large.
        var large = run.MaxData < 1000 ? 30 : 0;
        for (var (first, last) = (0, 0); last < requests.Count; last++)
        {
            while (requests[last].At - requests[first].At > TimeSpan.FromMinutes(1))
            {
                first++;
            }

            var repeated = requests.Skip(first).Take(last - first + 1).Count(request => request.Attempt > 1);
            Assert.InRange(last - first + 1 - repeated, 1, (TurnsAMinute * 2) + DeliveryPlan.SpareSearches + TurnsAMinute + large);
        }
    }
}
