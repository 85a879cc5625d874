namespace FastScaling.Lab.Page;

/// <summary>A file of the page, out of the tool itself.</summary>
internal sealed record PageAsset(string Path, string ContentType, byte[] Bytes)
{
    public static IReadOnlyList<PageAsset> All { get; } =
    [
        Of("/", "page/lab.html", "text/html; charset=utf-8"),
        Of("/lab.css", "page/lab.css", "text/css; charset=utf-8"),
        Of("/lab.js", "page/lab.js", "text/javascript; charset=utf-8"),
        Of("/charts.js", "page/charts.js", "text/javascript; charset=utf-8"),

        // The chart library that the reports use.
        Of("/uPlot.js", "report/uPlot.iife.min.js", "text/javascript; charset=utf-8"),
        Of("/uPlot.css", "report/uPlot.min.css", "text/css; charset=utf-8"),
    ];

    private static PageAsset Of(string path, string resource, string contentType)
    {
        using var stream = typeof(PageAsset).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new PageAsset(path, contentType, bytes.ToArray());
    }
}
