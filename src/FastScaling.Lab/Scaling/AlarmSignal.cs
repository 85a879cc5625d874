namespace FastScaling.Lab.Scaling;

/// <summary>An alarm invokes a policy.</summary>
/// <param name="PolicyArn">The action of the alarm.</param>
/// <param name="AlarmName">For the log.</param>
/// <param name="Threshold">What the bounds of the steps are relative to.</param>
/// <param name="Values">The data points that the alarm looked at; empty when there were none.</param>
internal sealed record AlarmSignal(string PolicyArn, string AlarmName, double Threshold, IReadOnlyList<double> Values);
