namespace FastScaling.LocalCloudWatch.Protocols;

/// <summary>Writes the members of a reply in one protocol's form. So the replies are written once, for every protocol.</summary>
internal interface IReplyWriter
{
    void String(string member, string value);

    void Boolean(string member, bool value);

    void Integer(string member, int value);

    void Number(string member, double value);

    void Timestamp(string member, DateTimeOffset value);

    void Strings(string member, IReadOnlyList<string> values);

    void Numbers(string member, IReadOnlyList<double> values);

    void Timestamps(string member, IReadOnlyList<DateTimeOffset> values);

    void Map(string member, IReadOnlyList<KeyValuePair<string, double>> entries);

    void Structure<T>(string member, T value, Action<IReplyWriter, T> write);

    void Structures<T>(string member, IReadOnlyList<T> items, Action<IReplyWriter, T> write);
}
