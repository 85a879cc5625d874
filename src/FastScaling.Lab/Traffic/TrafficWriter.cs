using System.Globalization;

namespace FastScaling.Lab.Traffic;

/// <summary>Writes traffic as <see cref="TrafficReader"/> reads it. Masked seconds have no line.</summary>
internal static class TrafficWriter
{
    public static void Write(TextWriter writer, TrafficProfile profile)
    {
        writer.Write("second,requests\n");
        for (var second = 0; second < profile.Seconds; second++)
        {
            if (profile.Masked.Count == 0 || !profile.Masked[second])
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{second},{profile.Requests[second]}\n"));
            }
        }
    }
}
