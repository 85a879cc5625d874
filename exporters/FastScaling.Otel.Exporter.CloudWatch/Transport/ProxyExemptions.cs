using System.Globalization;
using System.Net;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// The hosts of <c>NO_PROXY</c>: a list, separated by commas or blanks, of names (with all that end in them), addresses,
/// CIDR ranges, any of these but ranges with a port, or <c>*</c> for all. Names are not looked up.
/// </summary>
internal sealed class ProxyExemptions
{
    private static readonly char[] Separators = [',', ' ', '\t', ';'];

    private readonly List<(string Host, int? Port)> _names = [];
    private readonly List<(IPAddress Address, int? Port)> _addresses = [];
    private readonly List<IPNetwork> _ranges = [];
    private readonly bool _isAll;

    public ProxyExemptions(string list)
    {
        foreach (var entry in list.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry == "*")
            {
                _isAll = true;
            }
            else if (TryParseRange(entry) is { } range)
            {
                _ranges.Add(range);
            }
            else
            {
                Add(entry);
            }
        }
    }

    /// <param name="host">A name in its ASCII form or an address, without brackets.</param>
    /// <param name="port">The port.</param>
    public bool Contain(string host, int port)
    {
        if (_isAll)
        {
            return true;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            address = Plain(address);
            return _addresses.Any(entry => entry.Address.Equals(address) && (entry.Port is null || entry.Port == port))
                || _ranges.Any(range => range.Contains(address));
        }

        host = host.TrimEnd('.');
        return _names.Any(entry =>
            (entry.Port is null || entry.Port == port)
            && host.EndsWith(entry.Host, StringComparison.OrdinalIgnoreCase)
            && (host.Length == entry.Host.Length || host[host.Length - entry.Host.Length - 1] == '.'));
    }

    private void Add(string entry)
    {
        if (IPAddress.TryParse(entry, out var whole) && !entry.StartsWith('['))
        {
            _addresses.Add((Plain(whole), null));
            return;
        }

        var colon = entry.LastIndexOf(':');
        var hasPort = int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && colon > 0;
        int? port = hasPort ? number : null;
        var host = (hasPort ? entry[..colon] : entry).Trim('[', ']');
        if (IPAddress.TryParse(host, out var address))
        {
            _addresses.Add((Plain(address), port));
        }
        else if (host.TrimStart('*').Trim('.') is { Length: > 0 } name)
        {
            _names.Add((name, port));
        }
    }

    // With bits beyond the prefix, which IPNetwork refuses and which people write all the same.
    private static IPNetwork? TryParseRange(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !IPAddress.TryParse(entry.AsSpan(0, slash), out var address)
            || !int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
        {
            return null;
        }

        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
