using System.Text.Json.Serialization;

namespace FastScaling.Benchmarks.Conventional;

/// <summary>The serialiser of the model, generated at build time: without reflection, and the fastest that there is.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PutMetricDataRequest))]
internal sealed partial class PutMetricDataJson : JsonSerializerContext;
