namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>URLs as they go over the wire: an international host in its ASCII form, in the header Host and the signature alike.</summary>
internal static class AsciiUri
{
    public static Uri Of(Uri uri) =>
        uri.HostNameType == UriHostNameType.Dns && !string.Equals(uri.Host, uri.IdnHost, StringComparison.Ordinal)
            ? new UriBuilder(uri) { Host = uri.IdnHost }.Uri
            : uri;
}
