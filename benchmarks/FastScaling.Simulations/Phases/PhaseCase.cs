using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;

namespace FastScaling.Simulations.Phases;

/// <summary>One kind of surge, to be run at many random phases of surge, export and evaluation.</summary>
internal sealed record PhaseCase
{
    public required string Name { get; init; }

    /// <summary>The load, for a surge that starts at this moment.</summary>
    public required Func<double, ILoad> Load { get; init; }

    /// <summary>How many tasks serve from the beginning.</summary>
    public int Tasks { get; init; } = 2;

    /// <summary>Tasks that start with the surge, at random within the next ten seconds, and are sent nothing yet.</summary>
    public int StartingTasks { get; init; }

    /// <summary>From acceptance to where an alarm can see it, in seconds; drawn for each call.</summary>
    public (double Least, double Most) Ingestion { get; init; } = (2, 2);

    public TaskOptions Options { get; init; } = new();

    public AlarmSettings Alarm { get; init; } = AlarmSettings.Usual;

    public static IEnumerable<PhaseCase> All()
    {
        yield return Step("sharp: 2 tasks, 50 to 300 requests/s each");
        yield return Step("ramp: the same within 30 s") with { Load = start => new StepLoad([50, 50], [300, 300], start, 30) };
        yield return Step("uneven: one task to 300, the other stays at 50") with { Load = start => new StepLoad([50, 50], [300, 50], start, 0) };
        yield return Step("small: 50 to 130 each") with { Load = start => new StepLoad([50, 50], [130, 130], start, 0) };
        yield return Step("saturated: each task serves 80 requests/s at most") with { Options = new TaskOptions { Capacity = 80 } };
        yield return Step("starting: two more tasks start with the surge, without load") with { StartingTasks = 2 };
        yield return Step("quiet mode 30 s: two tasks at 20, then 300") with
        {
            Load = start => new StepLoad([20, 20], [300, 300], start, 0),
            Options = new TaskOptions { QuietExportInterval = TimeSpan.FromSeconds(30) },
        };
        foreach (var delay in (double[])[1, 3, 5, 10])
        {
            yield return Step($"sharp, ingestion {delay} s") with { Ingestion = (delay, delay) };
        }

        yield return Step("sharp, ingestion 1 to 10 s, by call") with { Ingestion = (1, 10) };
    }

    private static PhaseCase Step(string name) => new()
    {
        Name = name,
        Load = start => new StepLoad([50, 50], [300, 300], start, 0),
    };
}
