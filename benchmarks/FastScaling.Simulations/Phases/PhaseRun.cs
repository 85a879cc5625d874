using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;

namespace FastScaling.Simulations.Phases;

/// <summary>One surge, seen by an alarm through the product and through the fixed publisher.</summary>
internal sealed class PhaseRun
{
    // Long enough for the level to be learned and for quiet mode to have begun.
    private const int Before = 90;
    private const int Seconds = 180;

    private readonly PhaseCase _case;
    private readonly Random _random;
    private readonly ILoad _load;
    private readonly double _surge;
    private readonly double _evaluation;

    private PhaseRun(PhaseCase phaseCase, int seed)
    {
        _case = phaseCase;
        _random = new Random(seed);
        _surge = Before + _random.NextDouble();
        _evaluation = _random.NextDouble() * Alarm.Period;
        _load = phaseCase.Load(_surge);
    }

    public static PhaseOutcome Run(PhaseCase phaseCase, int seed)
    {
        var run = new PhaseRun(phaseCase, seed);
        var fixedData = run.RunFixed();
        var (data, seen, accepted) = run.RunProduct();
        var alarm = run.AlarmAt(data);
        return new PhaseOutcome(
            Alarm: alarm - run._surge,
            Sampled: seen - run._surge,
            Accepted: accepted - seen,
            Visible: run.ReadyAt(data, alarm) - accepted,
            Evaluated: alarm - run.ReadyAt(data, alarm),
            FixedAlarm: run.AlarmAt(fixedData) - run._surge);
    }

    private (VisibleData Data, double Seen, double Accepted) RunProduct()
    {
        var data = new VisibleData(Seconds);
        var tasks = new List<SimulatedTask>();
        for (var i = 0; i < _case.Tasks + _case.StartingTasks; i++)
        {
            var start = i < _case.Tasks ? 0 : Math.Floor(_surge) + _random.Next(10);
            tasks.Add(new SimulatedTask(_case.Options, _random.Next(), start));
        }

        var accepted = double.NaN;
        var fleet = new Fleet(tasks, (task, second) => task < _case.Tasks ? Poisson(_load.Expected(task, second, second + 1)) : 0)
        {
            OnAccepted = (_, now, samples) =>
            {
                var reply = now + Fleet.CallSeconds;
                var visible = reply + Delay();
                foreach (var (second, value) in samples)
                {
                    data.Add(second, value, visible);
                }

                if (double.IsNaN(accepted) && samples[^1].Second + 1 >= tasks.Min(task => double.IsNaN(task.RiseSeen) ? double.MaxValue : task.RiseSeen))
                {
                    accepted = reply;
                }
            },
        };
        for (var second = 0L; second < Seconds - 2; second++)
        {
            fleet.Run(second);
        }

        var seen = tasks.Select(task => task.RiseSeen).Where(static rise => !double.IsNaN(rise)).DefaultIfEmpty(double.NaN).Min();
        return (data, seen, accepted);
    }

    private VisibleData RunFixed()
    {
        var data = new VisibleData(Seconds);
        for (var i = 0; i < _case.Tasks + _case.StartingTasks; i++)
        {
            var queue = 0L;
            var task = i;
            var start = i < _case.Tasks ? 0 : Math.Floor(_surge) + _random.Next(10);
            new FixedPublisher(start + (_random.NextDouble() * 5)).Run(
                Seconds - 2,
                (from, to) =>
                {
                    queue += task < _case.Tasks ? Poisson(_load.Expected(task, from, to)) : 0;
                    var served = (long)Math.Min(queue, _case.Options.Capacity * (to - from));
                    queue -= served;
                    return served;
                },
                (now, value) => data.Add((long)now, value, now + Fleet.CallSeconds + Delay()));
        }

        return data;
    }

    /// <summary>The first evaluation after the surge that finds a breach.</summary>
    private double AlarmAt(VisibleData data)
    {
        for (var at = _evaluation; at < Seconds - 2; at += Alarm.Period)
        {
            if (at >= _surge && _case.Alarm.IsBreaching(data, at))
            {
                return at;
            }
        }

        return double.NaN;
    }

    /// <summary>From when on an evaluation would have found it.</summary>
    private double ReadyAt(VisibleData data, double alarm)
    {
        for (var at = _surge; at < alarm; at += 0.1)
        {
            if (_case.Alarm.IsBreaching(data, at))
            {
                return at;
            }
        }

        return alarm;
    }

    private double Delay() => _case.Ingestion.Least + ((_case.Ingestion.Most - _case.Ingestion.Least) * _random.NextDouble());

    private long Poisson(double expected) => expected <= 0 ? 0 : MathNet.Numerics.Distributions.Poisson.Sample(_random, expected);
}
