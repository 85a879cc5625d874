using System.Formats.Cbor;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>Turns inputs in their JSON form into CBOR, and replies back.</summary>
internal static class Cbor
{
    public static byte[] Of(JsonObject input)
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        Write(cbor, "", input);
        return cbor.Encode();
    }

    public static JsonNode? Read(byte[] body) => Read(new CborReader(body, CborConformanceMode.Lax));

    private static void Write(CborWriter cbor, string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                cbor.WriteStartMap(members.Count);
                foreach (var (member, value) in members)
                {
                    cbor.WriteTextString(member);
                    Write(cbor, member, value);
                }

                cbor.WriteEndMap();
                break;
            case JsonArray items:
                cbor.WriteStartArray(items.Count);
                foreach (var item in items)
                {
                    Write(cbor, name, item);
                }

                cbor.WriteEndArray();
                break;
            case null:
                cbor.WriteNull();
                break;
            default:
                Write(cbor, name, node.AsValue());
                break;
        }
    }

    private static void Write(CborWriter cbor, string name, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                cbor.WriteTextString((string)value!);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                cbor.WriteBoolean((bool)value);
                break;
            default:
                var number = double.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture);
                if (name is "Timestamp" or "StartTime" or "EndTime" or "StartDate" or "EndDate")
                {
                    cbor.WriteTag(CborTag.UnixTimeSeconds);
                }

                if (number == Math.Floor(number) && Math.Abs(number) < 1e15)
                {
                    cbor.WriteInt64((long)number);
                }
                else
                {
                    cbor.WriteDouble(number);
                }

                break;
        }
    }

    private static JsonNode? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var members = new JsonObject();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    var name = reader.ReadTextString();
                    members[name] = Read(reader);
                }

                reader.ReadEndMap();
                return members;
            case CborReaderState.StartArray:
                var items = new JsonArray();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    items.Add(Read(reader));
                }

                reader.ReadEndArray();
                return items;
            case CborReaderState.Tag:
                Assert.Equal(CborTag.UnixTimeSeconds, reader.ReadTag());
                return Read(reader);
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            default:
                return reader.ReadDouble();
        }
    }
}
