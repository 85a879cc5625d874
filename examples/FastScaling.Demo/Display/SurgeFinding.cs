namespace FastScaling.Demo.Display;

/// <summary>When the data showed a surge.</summary>
/// <param name="VisibleAfter">From the beginning of the surge until CloudWatch showed an average over the threshold.</param>
/// <param name="Average">That average.</param>
internal sealed record SurgeFinding(TimeSpan VisibleAfter, double Average);
