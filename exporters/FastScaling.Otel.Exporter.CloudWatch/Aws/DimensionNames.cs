using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>The dimensions that are found rather than configured.</summary>
internal static class DimensionNames
{
    public const string ClusterName = "ClusterName";
    public const string ServiceName = "ServiceName";

    /// <summary>The longest value of a dimension (Dimension, API reference).</summary>
    public const int MaxValueLength = 1024;

    /// <summary>
    /// The value as CloudWatch accepts it: what is not printable ASCII becomes an underscore, and only the first 1024
    /// characters count. For names that are found; configured ones are refused at start instead.
    /// </summary>
    public static string MakeAcceptable(string value)
    {
        var result = new StringBuilder();
        foreach (var character in value.Trim().EnumerateRunes())
        {
            if (result.Length == MaxValueLength)
            {
                break;
            }

            result.Append(character.Value is >= ' ' and <= '~' ? (char)character.Value : '_');
        }

        return result.Length == 0 ? "_" : result.ToString();
    }
}
