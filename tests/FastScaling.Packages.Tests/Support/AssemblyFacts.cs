using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FastScaling.Packages.Tests.Support;

/// <summary>What an assembly and its symbols say of themselves, read without loading them.</summary>
internal static class AssemblyFacts
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>The public types, nested ones apart.</summary>
    public static IReadOnlyList<string> PublicTypes(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
                .Select(type => metadata.GetString(type.Name)),
        ];
    }

    /// <summary>Whether the same sources give the same bytes.</summary>
    public static bool IsDeterministic(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        return file.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    /// <summary>The identity by which a debugger finds the symbols of an assembly.</summary>
    public static Guid SymbolsOf(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        return file.ReadCodeViewDebugDirectoryData(file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Guid;
    }

    public static Guid IdOf(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbols]);
        return new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid;
    }

    /// <summary>The paths of the sources, as they stand in the symbols.</summary>
    public static IReadOnlyList<string> Sources(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbols]);
        var metadata = provider.GetMetadataReader();
        return [.. metadata.Documents.Select(document => metadata.GetString(metadata.GetDocument(document).Name))];
    }

    /// <summary>Where a debugger finds the sources, as JSON; null when the symbols do not say it.</summary>
    public static string? SourceLinkOf(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbols]);
        var metadata = provider.GetMetadataReader();
        return metadata.CustomDebugInformation.Select(metadata.GetCustomDebugInformation)
            .Where(information => metadata.GetGuid(information.Kind) == SourceLink)
            .Select(information => System.Text.Encoding.UTF8.GetString(metadata.GetBlobBytes(information.Value)))
            .SingleOrDefault();
    }
}
