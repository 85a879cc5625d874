using System.Globalization;
using System.Runtime.CompilerServices;

namespace FastScaling.LocalCloudWatch;

/// <summary>The ranges of the options.</summary>
internal static class OptionsCheck
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static void Check(LocalCloudWatchOptions options)
    {
        InRange(options.Port, 0, 65535);
        InRange(options.IngestionDelay, TimeSpan.Zero, Hour);
        InRange(options.IngestionDelaySpread, TimeSpan.Zero, Hour);
        InRange(options.AlarmEvaluationPhase ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(59.999), nameof(options) + "." + nameof(options.AlarmEvaluationPhase));
        InRange(options.ExtraEvaluationPeriods, 0, 100);
        InRange(options.AlarmActionRepeatInterval, TimeSpan.FromSeconds(10), Hour);
    }

    private static void InRange<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. Allowed: {least} to {most}."));
        }
    }
}
