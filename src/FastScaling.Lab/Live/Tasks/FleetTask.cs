namespace FastScaling.Lab.Live.Tasks;

/// <summary>One task of the lab.</summary>
internal sealed class FleetTask
{
    public required int Id { get; init; }

    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>When its shortened start time is over; it runs then, or as soon as its process listens.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    public FleetPhase Phase { get; set; }

    /// <summary>The port of its process, or null while it does not listen.</summary>
    public int? Port { get; set; }

    /// <summary>When the present phase is over, for draining and stopping.</summary>
    public DateTimeOffset Until { get; set; }

    public bool IsActive => Phase is FleetPhase.Starting or FleetPhase.Registered or FleetPhase.Healthy;

    public bool IsRunning => Phase is FleetPhase.Registered or FleetPhase.Healthy;
}
