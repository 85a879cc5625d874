namespace FastScaling.Lab.Simulation;

/// <summary>How the exporter of the simulated tasks sends. The names and defaults are those of the product where it has them.</summary>
internal sealed record ExporterModelSettings
{
    /// <summary>Time between two calls. Default 5 s.</summary>
    public int ExportInterval { get; init; } = 5;

    /// <summary>Time between two calls while every signal is low, in seconds; null for no quiet mode, the default.</summary>
    public int? QuietInterval { get; init; }

    /// <summary>Requests per second and task below which a task is quiet. Default 50: half of the usual threshold.</summary>
    public double QuietBelow { get; init; } = 50;

    /// <summary>Requests per second and task whose crossing from below sends at once; null for no surge flush, the default.</summary>
    public double? SurgeThreshold { get; init; }

    /// <summary>How long a task that has not served sends no zeros. Default 30 s.</summary>
    public int WarmUp { get; init; } = 30;

    /// <summary>Samples that are kept while CloudWatch does not answer. Default 300 s' worth; the oldest go first.</summary>
    public int KeptSeconds { get; init; } = 300;

    /// <summary>What a call takes from the task to CloudWatch. Default 100 ms.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromMilliseconds(100);
}
