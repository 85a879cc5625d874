using System.Text;
using System.Text.Json;

namespace FastScaling.Lab.Templates;

/// <summary>A resolved node as JSON, every value as text: what <c>Fn::ToJsonString</c> gives.</summary>
internal static class NodeJson
{
    public static string Write(TemplateNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, TemplateNode? node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode scalar:
                writer.WriteStringValue(scalar.Text);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
