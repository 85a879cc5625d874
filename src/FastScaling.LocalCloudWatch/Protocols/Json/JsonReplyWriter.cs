using System.Text.Json;

namespace FastScaling.LocalCloudWatch.Protocols.Json;

internal sealed class JsonReplyWriter : IReplyWriter
{
    private readonly Utf8JsonWriter _json;

    public JsonReplyWriter(Utf8JsonWriter json)
    {
        _json = json;
    }

    public void String(string member, string value) => _json.WriteString(member, value);

    public void Boolean(string member, bool value) => _json.WriteBoolean(member, value);

    public void Integer(string member, int value) => _json.WriteNumber(member, value);

    public void Number(string member, double value) => _json.WriteNumber(member, value);

    public void Timestamp(string member, DateTimeOffset value) => _json.WriteNumber(member, EpochSeconds.FromTime(value));

    public void Strings(string member, IReadOnlyList<string> values) => List(member, values, static (json, value) => json.WriteStringValue(value));

    public void Numbers(string member, IReadOnlyList<double> values) => List(member, values, static (json, value) => json.WriteNumberValue(value));

    public void Timestamps(string member, IReadOnlyList<DateTimeOffset> values) =>
        List(member, values, static (json, value) => json.WriteNumberValue(EpochSeconds.FromTime(value)));

    public void Map(string member, IReadOnlyList<KeyValuePair<string, double>> entries)
    {
        _json.WriteStartObject(member);
        foreach (var (key, value) in entries)
        {
            _json.WriteNumber(key, value);
        }

        _json.WriteEndObject();
    }

    public void Structure<T>(string member, T value, Action<IReplyWriter, T> write)
    {
        _json.WriteStartObject(member);
        write(this, value);
        _json.WriteEndObject();
    }

    public void Structures<T>(string member, IReadOnlyList<T> items, Action<IReplyWriter, T> write)
    {
        _json.WriteStartArray(member);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(this, item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void List<T>(string member, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        _json.WriteStartArray(member);
        foreach (var value in values)
        {
            write(_json, value);
        }

        _json.WriteEndArray();
    }
}
