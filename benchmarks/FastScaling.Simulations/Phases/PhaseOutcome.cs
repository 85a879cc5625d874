namespace FastScaling.Simulations.Phases;

/// <summary>Seconds from a surge to ALARM, whole and in its parts. NaN where it was not seen.</summary>
/// <param name="Alarm">From the surge to ALARM.</param>
/// <param name="Sampled">From the surge to the end of the sample that shows it.</param>
/// <param name="Accepted">From there to the acceptance of a sample that shows it.</param>
/// <param name="Visible">From there until an evaluation finds the threshold crossed: ingestion, and enough seconds in the average.</param>
/// <param name="Evaluated">From there to the next evaluation.</param>
/// <param name="FixedAlarm">From the surge to ALARM with the fixed publisher.</param>
internal sealed record PhaseOutcome(double Alarm, double Sampled, double Accepted, double Visible, double Evaluated, double FixedAlarm);
