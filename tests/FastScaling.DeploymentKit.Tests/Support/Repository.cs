using System.Runtime.CompilerServices;

namespace FastScaling.DeploymentKit.Tests.Support;

/// <summary>The files of the repository, read where they stand.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static string PathOf(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

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
