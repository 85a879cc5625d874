using System.Formats.Cbor;
using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Protocols.Cbor;

/// <summary>Reads a CBOR item into maps, lists and plain values.</summary>
internal static class CborTree
{
    // As deep as the deepest request of ours, and some more; a body that nests deeper would only fill the stack.
    private const int Deepest = 32;

    /// <summary>Throws <see cref="CloudWatchException"/> and nothing else.</summary>
    public static object? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reader = new CborReader(body, CborConformanceMode.Lax);
            var value = Item(reader, 0);
            return reader.BytesRemaining == 0 ? value : throw CloudWatchError.Serialization("The body goes on after its CBOR item.");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw CloudWatchError.Serialization($"The body is not CBOR: {e.Message}");
        }
    }

    private static object? Item(CborReader reader, int depth)
    {
        if (depth > Deepest)
        {
            throw CloudWatchError.Serialization("The body is nested too deeply.");
        }

        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                var positive = reader.ReadUInt64();
                return positive <= long.MaxValue ? (long)positive : positive;
            case CborReaderState.NegativeInteger:
                // -1 minus what is on the wire: beyond 64 bits only its size matters.
                var below = reader.ReadCborNegativeIntegerRepresentation();
                return below <= long.MaxValue ? -1 - (long)below : -1.0 - below;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                return reader.ReadDouble();
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return reader.ReadByteString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            case CborReaderState.SimpleValue:
                // "undefined" is a null to AWS's clients; there are no others.
                reader.ReadSimpleValue();
                return null;
            case CborReaderState.Tag:
                return Tagged(reader, depth);
            case CborReaderState.StartArray:
                return List(reader, depth);
            case CborReaderState.StartMap:
                return Map(reader, depth);
            default:
                throw CloudWatchError.Serialization("The body is not CBOR: it ends too early.");
        }
    }

    private static object? Tagged(CborReader reader, int depth)
    {
        var tag = reader.ReadTag();
        var value = Item(reader, depth + 1);
        return tag == CborTag.UnixTimeSeconds && value switch { long number => number, ulong number => number, double number => number, _ => (double?)null } is { } seconds
            ? new CborTimestamp(seconds)
            : value;
    }

    private static List<object?> List(CborReader reader, int depth)
    {
        // The length that is announced may lie; the list grows with what is really there.
        reader.ReadStartArray();
        var items = new List<object?>();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            items.Add(Item(reader, depth + 1));
        }

        reader.ReadEndArray();
        return items;
    }

    private static Dictionary<string, object?> Map(CborReader reader, int depth)
    {
        reader.ReadStartMap();
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var name = reader.ReadTextString();
            members[name] = Item(reader, depth + 1);
        }

        reader.ReadEndMap();
        return members;
    }
}
