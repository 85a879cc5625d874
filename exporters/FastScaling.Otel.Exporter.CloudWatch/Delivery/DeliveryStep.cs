namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>What is to be done next in a turn.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Wait">For how long to wait.</param>
internal readonly record struct DeliveryStep(DeliveryAction Action, TimeSpan Wait = default);
