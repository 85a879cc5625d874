namespace FastScaling.Lab.Live.Tasks;

/// <summary>What the fleet wants done.</summary>
/// <param name="Kind">What.</param>
/// <param name="Task">With which task.</param>
internal sealed record FleetOrder(FleetOrderKind Kind, FleetTask Task);
