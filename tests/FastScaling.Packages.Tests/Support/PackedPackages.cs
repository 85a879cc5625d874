using System.Reflection;

namespace FastScaling.Packages.Tests.Support;

/// <summary>What <c>dotnet pack</c> makes of the solution, packed once for all tests, from what has been built.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly string Configuration = typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>The names of the files.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>The version that all packages share.</summary>
    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        await ChildProcess.RunAsync(
            Repository.Root, new Dictionary<string, string>(), "dotnet", "pack", Repository.Solution, "-c", Configuration, "--no-build", "-o", Folder);
        Files = [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        const string First = "FastScaling.Lab.";
        Version = Path.GetFileNameWithoutExtension(Files.First(file => file.StartsWith(First, StringComparison.Ordinal)))[First.Length..];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal Package Open(string id, string extension = "nupkg") => new(Path.Combine(Folder, $"{id}.{Version}.{extension}"));
}
