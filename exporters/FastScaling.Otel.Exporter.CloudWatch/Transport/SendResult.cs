namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <param name="Outcome">What became of the request.</param>
/// <param name="Reason">An error code, a status or a message, without credentials; empty when accepted.</param>
internal readonly record struct SendResult(SendOutcome Outcome, string Reason);
