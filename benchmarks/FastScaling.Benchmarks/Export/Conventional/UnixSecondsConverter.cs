using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastScaling.Benchmarks.Conventional;

/// <summary>Time as AWS JSON has it: seconds since the Unix epoch.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.UnixEpoch.AddSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((value - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond);
}
