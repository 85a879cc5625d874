using System.Formats.Cbor;

namespace FastScaling.LocalCloudWatch.Protocols.Cbor;

internal sealed class CborReplyWriter : IReplyWriter
{
    private readonly CborWriter _cbor;

    public CborReplyWriter(CborWriter cbor)
    {
        _cbor = cbor;
    }

    public void String(string member, string value)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteTextString(Utf8(value));
    }

    public void Boolean(string member, bool value)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteBoolean(value);
    }

    public void Integer(string member, int value)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteInt32(value);
    }

    public void Number(string member, double value)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteDouble(value);
    }

    public void Timestamp(string member, DateTimeOffset value)
    {
        _cbor.WriteTextString(member);
        Timestamp(_cbor, value);
    }

    public void Strings(string member, IReadOnlyList<string> values) => List(member, values, static (cbor, value) => cbor.WriteTextString(Utf8(value)));

    public void Numbers(string member, IReadOnlyList<double> values) => List(member, values, static (cbor, value) => cbor.WriteDouble(value));

    public void Timestamps(string member, IReadOnlyList<DateTimeOffset> values) => List(member, values, Timestamp);

    public void Map(string member, IReadOnlyList<KeyValuePair<string, double>> entries)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteStartMap(entries.Count);
        foreach (var (key, value) in entries)
        {
            Number(key, value);
        }

        _cbor.WriteEndMap();
    }

    public void Structure<T>(string member, T value, Action<IReplyWriter, T> write)
    {
        _cbor.WriteTextString(member);
        Members(value, write);
    }

    public void Structures<T>(string member, IReadOnlyList<T> items, Action<IReplyWriter, T> write)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteStartArray(items.Count);
        foreach (var item in items)
        {
            Members(item, write);
        }

        _cbor.WriteEndArray();
    }

    /// <summary>A text that UTF-8 can carry: an error may quote half of a surrogate pair.</summary>
    public static string Utf8(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
            }
        }

        return text;
    }

    private void Members<T>(T value, Action<IReplyWriter, T> write)
    {
        _cbor.WriteStartMap(null);
        write(this, value);
        _cbor.WriteEndMap();
    }

    private void List<T>(string member, IReadOnlyList<T> values, Action<CborWriter, T> write)
    {
        _cbor.WriteTextString(member);
        _cbor.WriteStartArray(values.Count);
        foreach (var value in values)
        {
            write(_cbor, value);
        }

        _cbor.WriteEndArray();
    }

    private static void Timestamp(CborWriter cbor, DateTimeOffset value)
    {
        cbor.WriteTag(CborTag.UnixTimeSeconds);
        cbor.WriteDouble(EpochSeconds.FromTime(value));
    }
}
