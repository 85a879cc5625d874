using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>A delivery plan, step by step, with a clock and a chance that the test sets.</summary>
internal sealed class PlanBench : IDisposable
{
    public static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(4);

    private readonly ManualTime _time = new();

    public PlanBench(double interval = 5, TimeSpan? maxAge = null)
    {
        Statistics = new ExporterStatistics("plan", _time);
        Pending = new PendingSamples(1024 * 1024 * 1024, maxAge ?? TimeSpan.MaxValue, Statistics.Drop, _time);
        Plan = new DeliveryPlan(
            Pending,
            new PutMetricDataWriter("Test", [new("ServiceName", "test")], 1),
            Statistics,
            TimeSpan.FromSeconds(interval),
            () => Chance,
            (name, why) => Refused.Add((name, why)));
    }

    public DeliveryPlan Plan { get; }

    public PendingSamples Pending { get; }

    public ExporterStatistics Statistics { get; }

    /// <summary>What the jitter is drawn as.</summary>
    public double Chance { get; set; } = 1;

    public List<(string Name, string? Why)> Refused { get; } = [];

    public TimeSpan Now => new(_time.GetTimestamp());

    /// <summary>Metric and second of each datum under way, in the order in which they were put in.</summary>
    public IEnumerable<string> UnderWay
    {
        get
        {
            for (var i = 0; i < Plan.Parcel.PartCount; i++)
            {
                var part = Plan.Parcel[i];
                for (var datum = part.Start; datum < part.Start + part.Count; datum++)
                {
                    yield return FormattableString.Invariant($"{PutMetricDataWriter.NameOf(part.Sample, datum)} {part.Sample.Second}");
                }
            }
        }
    }

    /// <summary>Adds a sample with so many data, called m0, m1 and so on.</summary>
    public PlanBench Add(long second, int data = 1)
    {
        var sample = Pending.Rent();
        sample.Reset(second);
        for (var i = 0; i < data; i++)
        {
            sample.Others.TryAdd(new Series($"m{i}", "Count", []), second);
        }

        Pending.Add(sample);
        return this;
    }

    /// <summary>Adds a sample whose metrics have these names.</summary>
    public PlanBench Add(long second, params string[] names)
    {
        var sample = Pending.Rent();
        sample.Reset(second);
        foreach (var name in names)
        {
            sample.Others.TryAdd(new Series(name, "Count", []), second);
        }

        Pending.Add(sample);
        return this;
    }

    public PlanBench Wait(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return this;
    }

    /// <summary>Begins a turn.</summary>
    public PlanBench Begin(bool isLast = false)
    {
        Plan.Begin(Now, Now + TurnTime, isLast);
        return this;
    }

    /// <summary>The next step must be a request; this becomes of it. Says how many data it had.</summary>
    public int Send(SendOutcome outcome, double takes = 0)
    {
        Assert.Equal(new DeliveryStep(DeliveryAction.Send), Plan.Next(Now));
        var data = Plan.Parcel.Data;
        Wait(takes);
        Plan.Ended(Now, outcome);
        return data;
    }

    /// <summary>The next step must be to wait for so long; waits.</summary>
    public PlanBench Waits(double seconds)
    {
        Assert.Equal(new DeliveryStep(DeliveryAction.Wait, TimeSpan.FromSeconds(seconds)), Plan.Next(Now));
        return Wait(seconds);
    }

    /// <summary>The turn must be over.</summary>
    public PlanBench Ends()
    {
        Assert.Equal(new DeliveryStep(DeliveryAction.End), Plan.Next(Now));

        // A sample of which nothing is left occupies nothing.
        Assert.Equal(Pending.Data == 0, (Pending.Count, Pending.Bytes) == (0, 0));
        return this;
    }

    /// <summary>A turn in which every request has this end: the data of each request.</summary>
    public IReadOnlyList<int> Turn(SendOutcome outcome, bool isLast = false)
    {
        Begin(isLast);
        var requests = new List<int>();
        while (true)
        {
            var step = Plan.Next(Now);
            switch (step.Action)
            {
                case DeliveryAction.End:
                    return requests;
                case DeliveryAction.Wait:
                    _time.Advance(step.Wait);
                    break;
                default:
                    requests.Add(Plan.Parcel.Data);
                    Plan.Ended(Now, outcome);
                    break;
            }
        }
    }

    public void Dispose() => Statistics.Dispose();
}
