namespace FastScaling.Lab.Service;

/// <summary>Counts since the start. Offered is always the sum of served, timed out, failed and in flight.</summary>
/// <param name="Offered">Requests that were sent, retries included.</param>
/// <param name="Retries">Those of them that were retries.</param>
/// <param name="Served">Answered in time.</param>
/// <param name="TimedOut">The client gave up.</param>
/// <param name="Failed">No task to take them, or the task stopped.</param>
/// <param name="InFlight">Waiting or being worked on now.</param>
/// <param name="OverGoal">Served later than the latency goal.</param>
internal readonly record struct ServiceTotals(long Offered, long Retries, long Served, long TimedOut, long Failed, long InFlight, double OverGoal);
