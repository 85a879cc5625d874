namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <param name="Outcome">What became of the request.</param>
/// <param name="Reason">An error code, a status or a message, without credentials; empty when accepted.</param>
/// <param name="ErrorType">
/// What is at fault, one of a bounded set: a code of AWS that we know, a status, or a word of ours; empty when accepted.
/// </param>
internal readonly record struct SendResult(SendOutcome Outcome, string Reason, string ErrorType = "");
