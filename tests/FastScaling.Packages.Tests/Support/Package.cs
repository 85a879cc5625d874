using System.IO.Compression;
using System.Xml.Linq;

namespace FastScaling.Packages.Tests.Support;

/// <summary>A package, opened.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;

    public Package(string path)
    {
        _archive = ZipFile.OpenRead(path);
        Files = [.. _archive.Entries.Select(entry => entry.FullName).Where(IsContent).Order(StringComparer.Ordinal)];
        using var nuspec = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        Metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>What it brings, without the parts that every package has.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The element <c>metadata</c> of the nuspec.</summary>
    public XElement Metadata { get; }

    /// <summary>The text of an element of the metadata; empty without it.</summary>
    public string this[string name] => Element(name)?.Value ?? "";

    public XElement? Element(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    /// <summary>The dependencies, as name and range of versions.</summary>
    public IReadOnlyDictionary<string, string> Dependencies =>
        Metadata.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    public byte[] Read(string file)
    {
        using var stream = _archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public void Dispose() => _archive.Dispose();

    private static bool IsContent(string file) =>
        !file.EndsWith(".nuspec", StringComparison.Ordinal) && !file.StartsWith("_rels/", StringComparison.Ordinal)
        && !file.StartsWith("package/", StringComparison.Ordinal) && file != "[Content_Types].xml";
}
