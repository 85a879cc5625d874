namespace FastScaling.Simulations.Model;

/// <summary>How an alarm judges. It is evaluated every ten seconds whatever its period, as CloudWatch does below a minute.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Threshold">What the Average must be above.</param>
/// <param name="Period">Seconds of a period.</param>
/// <param name="Periods">How many periods are looked at.</param>
/// <param name="ToAlarm">How many of them must breach.</param>
internal sealed record AlarmSettings(string Name, double Threshold, double Period, int Periods, int ToAlarm)
{
    public static AlarmSettings Usual { get; } = new("10 s, 1 of 1", 100, 10, 1, 1);

    public static IEnumerable<AlarmSettings> All() =>
    [
        Usual,
        new("10 s, 1 of 1, threshold 105", 105, 10, 1, 1),
        new("10 s, 1 of 1, threshold 110", 110, 10, 1, 1),
        new("10 s, 1 of 1, threshold 120", 120, 10, 1, 1),
        new("10 s, 2 of 2", 100, 10, 2, 2),
        new("10 s, 2 of 3", 100, 10, 3, 2),
        new("20 s, 1 of 1", 100, 20, 1, 1),
        new("30 s, 1 of 1", 100, 30, 1, 1),
    ];

    public bool IsBreaching(VisibleData data, double at)
    {
        var breaching = 0;
        for (var i = 0; i < Periods; i++)
        {
            var end = at - (i * Period);
            breaching += data.Average(end - Period, end, at) > Threshold ? 1 : 0;
        }

        return breaching >= ToAlarm;
    }
}
