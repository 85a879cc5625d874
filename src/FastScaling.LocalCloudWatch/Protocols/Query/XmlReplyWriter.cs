using System.Globalization;
using System.Xml;

namespace FastScaling.LocalCloudWatch.Protocols.Query;

internal sealed class XmlReplyWriter : IReplyWriter
{
    private readonly XmlWriter _xml;

    public XmlReplyWriter(XmlWriter xml)
    {
        _xml = xml;
    }

    public void String(string member, string value) => _xml.WriteElementString(member, XmlText.Clean(value));

    public void Boolean(string member, bool value) => _xml.WriteElementString(member, value ? "true" : "false");

    public void Integer(string member, int value) => _xml.WriteElementString(member, value.ToString(CultureInfo.InvariantCulture));

    public void Number(string member, double value) => _xml.WriteElementString(member, Text(value));

    public void Timestamp(string member, DateTimeOffset value) => _xml.WriteElementString(member, Text(value));

    public void Strings(string member, IReadOnlyList<string> values) => List(member, values, XmlText.Clean);

    public void Numbers(string member, IReadOnlyList<double> values) => List(member, values, Text);

    public void Timestamps(string member, IReadOnlyList<DateTimeOffset> values) => List(member, values, Text);

    public void Map(string member, IReadOnlyList<KeyValuePair<string, double>> entries)
    {
        _xml.WriteStartElement(member);
        foreach (var (key, value) in entries)
        {
            _xml.WriteStartElement("entry");
            _xml.WriteElementString("key", key);
            _xml.WriteElementString("value", Text(value));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    public void Structure<T>(string member, T value, Action<IReplyWriter, T> write)
    {
        _xml.WriteStartElement(member);
        write(this, value);
        _xml.WriteEndElement();
    }

    public void Structures<T>(string member, IReadOnlyList<T> items, Action<IReplyWriter, T> write)
    {
        _xml.WriteStartElement(member);
        foreach (var item in items)
        {
            _xml.WriteStartElement("member");
            write(this, item);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void List<T>(string member, IReadOnlyList<T> values, Func<T, string> text)
    {
        _xml.WriteStartElement(member);
        foreach (var value in values)
        {
            _xml.WriteElementString("member", text(value));
        }

        _xml.WriteEndElement();
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
