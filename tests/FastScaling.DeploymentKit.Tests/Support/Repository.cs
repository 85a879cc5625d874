using System.Runtime.CompilerServices;

namespace FastScaling.DeploymentKit.Tests.Support;

/// <summary>The files of the repository, read where they stand.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static string PathOf(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The paths below the root of all files of a kind that belong to the project.</summary>
    public static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/'))
        .Where(path => !path.Split('/').Any(part => part is "artifacts" or "node_modules" or "bin" or "obj" || part.StartsWith('.')));

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(folder.FullName, "FastScaling.Otel.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No FastScaling.Otel.sln above {here}.");
        }

        return folder.FullName;
    }
}
