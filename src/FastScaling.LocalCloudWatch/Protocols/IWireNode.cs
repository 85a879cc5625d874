namespace FastScaling.LocalCloudWatch.Protocols;

/// <summary>
/// A structure of a request as one protocol carries it. Members that are absent are null or empty; members of a wrong type are refused with the
/// protocol's own error. So the requests are read once, for every protocol.
/// </summary>
internal interface IWireNode
{
    string? String(string member);

    double? Number(string member);

    int? Integer(string member);

    bool? Boolean(string member);

    DateTimeOffset? Timestamp(string member);

    IWireNode? Structure(string member);

    IReadOnlyList<IWireNode> Structures(string member);

    IReadOnlyList<double> Numbers(string member);

    IReadOnlyList<string> Strings(string member);
}
