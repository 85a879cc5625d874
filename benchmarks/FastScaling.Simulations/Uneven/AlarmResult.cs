using FastScaling.Simulations.Model;
using FastScaling.Simulations.Phases;
using FastScaling.Simulations.Reports;

namespace FastScaling.Simulations.Uneven;

/// <summary>What an alarm's settings cost and save, with the product and with the fixed publisher.</summary>
/// <param name="Alarm">The settings.</param>
/// <param name="False">Percent of the evaluations that are false alarms at 150 and 40 requests a second.</param>
/// <param name="FixedFalse">The same with the fixed publisher.</param>
/// <param name="Error">Half of the width of the wider 95 % interval of the two.</param>
/// <param name="Delay">Seconds from a sharp surge of both tasks to ALARM.</param>
/// <param name="FixedDelay">The same with the fixed publisher.</param>
internal sealed record AlarmResult(string Alarm, double False, double FixedFalse, double Error, Quantiles Delay, Quantiles FixedDelay)
{
    public static AlarmResult Run(AlarmSettings alarm, int runs, int seed)
    {
        var product = UnevenResult.Run("two tasks, 150 and 40", [150, 40], Publishing.Surge, runs, seed, alarm);
        var publisher = UnevenResult.Run("two tasks, 150 and 40", [150, 40], Publishing.Fixed, runs, seed, alarm);
        var phases = PhaseResult.Run(PhaseCase.All().First() with { Alarm = alarm }, runs * 4, seed);
        return new AlarmResult(
            alarm.Name, product.Visible, publisher.Visible, Math.Max(product.VisibleError, publisher.VisibleError), phases.Alarm, phases.FixedAlarm);
    }
}
