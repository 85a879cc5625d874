using System.CommandLine;
using FastScaling.Lab.Replay;

namespace FastScaling.Lab.Commands;

/// <summary>The options that say what a replay assumes.</summary>
internal sealed class AssumptionOptions
{
    private static readonly ReplayAssumptions Defaults = new();

    private readonly Option<string> _ingestion = SecondsRange.Option("--ingestion-delay", $"{Defaults.IngestionDelayMinimum}-{Defaults.IngestionDelayMaximum}", "From a call until CloudWatch shows its data.");
    private readonly Option<string> _start = SecondsRange.Option("--start-time", $"{Defaults.StartTimeMinimum}-{Defaults.StartTimeMaximum}", "From a new desired count to a running task.");
    private readonly Option<double> _capacity = CommonOptions.Real("--task-capacity", "requests", Defaults.TaskCapacity, 0.1, 1e6, "Requests a second that one task can serve: measure yours.");
    private readonly Option<double> _serviceTime = CommonOptions.Real("--service-time", "ms", Defaults.ServiceTime, 1, 60_000, "What a request takes on an idle task.");
    private readonly Option<double> _goal = CommonOptions.Real("--latency-goal", "ms", Defaults.LatencyGoal, 1, 600_000, "Slower requests are counted.");
    private readonly Option<double> _timeout = CommonOptions.Real("--client-timeout", "seconds", Defaults.ClientTimeout, 1, 600, "How long a client waits.");
    private readonly Option<int> _tasks = CommonOptions.Number("--initial-tasks", "number", 0, 0, 100_000, "Tasks at the start; 0 takes the template's.");
    private readonly Option<bool> _ranges = new("--ranges") { Description = "Runs favourable and unfavourable assumptions too (data after 1 s / 4-10 s, tasks after 23-30 s / 57-90 s) and shows every result as a range." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _ingestion, _start, _capacity, _serviceTime, _goal, _timeout, _tasks, _ranges })
        {
            command.Options.Add(option);
        }
    }

    public int? InitialTasks(ParseResult parsed) => parsed.GetValue(_tasks) is > 0 and var tasks ? tasks : null;

    public bool WithRanges(ParseResult parsed) => parsed.GetValue(_ranges);

    public ReplayAssumptions Read(ParseResult parsed, int seed)
    {
        var (ingestionLow, ingestionHigh) = SecondsRange.Parse(parsed.GetValue(_ingestion)!)!.Value;
        var (startLow, startHigh) = SecondsRange.Parse(parsed.GetValue(_start)!)!.Value;
        return new ReplayAssumptions
        {
            IngestionDelayMinimum = ingestionLow,
            IngestionDelayMaximum = ingestionHigh,
            StartTimeMinimum = startLow,
            StartTimeMaximum = startHigh,
            TaskCapacity = parsed.GetValue(_capacity),
            ServiceTime = parsed.GetValue(_serviceTime),
            LatencyGoal = parsed.GetValue(_goal),
            ClientTimeout = parsed.GetValue(_timeout),
            Seed = seed,
        };
    }
}
