using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>The dimensions that are found rather than configured.</summary>
internal static class DimensionNames
{
    public const string ClusterName = "ClusterName";
    public const string ServiceName = "ServiceName";

    /// <summary>The task, in series that are published for each task besides those of the service.</summary>
    public const string TaskId = "TaskId";

    /// <summary>Marks the series of a metric that everything goes into that there is no series for.</summary>
    public const string Overflow = "Overflow";

    public const string OverflowValue = "true";

    /// <summary>
    /// The value as CloudWatch accepts it (see <see cref="AcceptableText"/>), without blanks around it; <c>_</c> when it
    /// is blank. For names that are found; configured ones are refused at start instead.
    /// </summary>
    public static string MakeAcceptable(string value) => AcceptableText.Value(value.Trim()) ?? "_";

    /// <summary>Dimensions for a message.</summary>
    public static string Describe(IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        dimensions.Count == 0
            ? "(automatic)"
            : string.Join(", ", dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}"));
}
