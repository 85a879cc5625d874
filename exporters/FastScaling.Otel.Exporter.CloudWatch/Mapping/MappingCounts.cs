namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>What one collection could not publish as it was.</summary>
/// <param name="Unpublishable">Values that CloudWatch does not take: NaN, infinite, or beyond 2^360.</param>
/// <param name="Folded">Points that went into an overflow series, because there were too many series.</param>
/// <param name="SdkOverflow">Points that stand for all that the SDK had no room for.</param>
/// <param name="NameClash">A metric whose name another meter uses already, or null.</param>
internal readonly record struct MappingCounts(int Unpublishable, int Folded, int SdkOverflow, string? NameClash);
