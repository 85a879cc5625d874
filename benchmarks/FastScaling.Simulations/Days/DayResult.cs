using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;
using FastScaling.Simulations.Reports;

namespace FastScaling.Simulations.Days;

/// <summary>A day of a fleet.</summary>
/// <param name="Day">Which day.</param>
/// <param name="Publishing">How it published.</param>
/// <param name="CallsPerTask">Calls of a task in the day.</param>
/// <param name="ExtraCallsPerTask">Those made for surges.</param>
/// <param name="DollarsPerMonth">By task, at the list price.</param>
/// <param name="Surges">Surges times phases of the evaluation.</param>
/// <param name="Detection">Seconds from when the mean of ten seconds was above the threshold to ALARM; below 0 when ALARM came before.</param>
/// <param name="Clear">The same for surges whose next ten seconds have a mean at least a tenth above the threshold.</param>
/// <param name="FalseAlarms">Changes to ALARM without a reason, by phase of the evaluation.</param>
/// <param name="FarAlarms">Those of them at which the load was more than a tenth below the threshold.</param>
/// <param name="Later">Surges that were detected later than with surge flush alone, of all.</param>
/// <param name="LatestBy">By how many seconds the latest of them.</param>
internal sealed record DayResult(
    string Day,
    string Publishing,
    double CallsPerTask,
    double ExtraCallsPerTask,
    double DollarsPerMonth,
    int Surges,
    Quantiles Detection,
    Quantiles Clear,
    double FalseAlarms,
    double FarAlarms,
    int Later,
    double LatestBy)
{
    private const int Tasks = 20;
    private const double MedianRate = 25;
    private const double DollarsPerCall = 0.01 / 1000;
    private const double DaysPerMonth = 730 / 24.0;

    // Long enough for any publisher; what is not seen by then was missed.
    private const double Patience = 120;

    /// <summary>The day with several ways of publishing.</summary>
    /// <param name="day">The traffic.</param>
    /// <param name="phases">Phases of the evaluation that are looked at.</param>
    /// <param name="seed">For the split among tasks and their phases.</param>
    /// <param name="ways">The ways of publishing, all when null; what comes after surge flush is compared with it.</param>
    /// <param name="seconds">How much of the day.</param>
    public static IReadOnlyList<DayResult> Run(DayOfTraffic day, int phases, int seed, IEnumerable<Model.Publishing>? ways = null, int seconds = 86_400)
    {
        var arrivals = day.Split(Tasks, MedianRate, seed).Select(task => task[..seconds]).ToArray();
        var events = new DayEvents(arrivals, day.IsHole[..seconds]);
        var results = new List<DayResult>();
        double[]? reference = null;
        foreach (var publishing in ways ?? Model.Publishing.All())
        {
            var run = ServiceRun.Of(publishing, Tasks, seconds, seed, (task, second) => arrivals[task][second]);
            var detections = new List<double>();
            var (falseAlarms, farAlarms) = (0, 0);
            for (var phase = 0; phase < phases; phase++)
            {
                var alarms = AlarmsOf(run.Data, phase * Alarm.Period / phases, events);
                falseAlarms += alarms.Count(at => !events.HasReason(at.At) && at.IsNew);
                farAlarms += alarms.Count(at => !events.IsNear(at.At) && at.IsNew);
                detections.AddRange(events.Surges.Select(surge => DetectionOf(alarms, surge)));
            }

            reference = publishing == Model.Publishing.Surge ? [.. detections] : reference;
            var later = detections.Select((detection, i) => reference is null ? 0 : Math.Max(0, (double.IsNaN(detection) ? Patience : detection) - reference[i])).ToArray();
            var perTask = run.Calls / (double)Tasks * 86_400 / seconds;
            results.Add(new DayResult(
                day.Name,
                publishing.Name,
                perTask,
                run.ExtraCalls / (double)Tasks,
                perTask * DaysPerMonth * DollarsPerCall,
                detections.Count,
                Quantiles.Of(detections),
                Quantiles.Of(detections.Where((_, i) => events.Clear[i % events.Clear.Count])),
                falseAlarms / (double)phases,
                farAlarms / (double)phases,
                later.Count(static seconds => seconds > 0),
                later.DefaultIfEmpty().Max()));
        }

        return results;
    }

    private static double DetectionOf(List<(double At, bool IsNew)> breaches, int surge)
    {
        foreach (var (at, _) in breaches)
        {
            if (at >= surge - Alarm.Period && at < surge + Patience)
            {
                return at - surge;
            }
        }

        return double.NaN;
    }

    private static List<(double At, bool IsNew)> AlarmsOf(VisibleData data, double phase, DayEvents events)
    {
        var breaches = new List<(double, bool)>();
        var was = false;
        for (var at = 60 + phase; at < data.Seconds - 5; at += Alarm.Period)
        {
            var isBreaching = !events.IsMasked(at) && Alarm.IsBreaching(data, at);
            if (isBreaching)
            {
                breaches.Add((at, !was));
            }

            was = isBreaching;
        }

        return breaches;
    }
}
