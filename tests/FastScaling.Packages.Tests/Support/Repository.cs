namespace FastScaling.Packages.Tests.Support;

/// <summary>The files of the repository, read where they stand.</summary>
internal static class Repository
{
    public const string Solution = "FastScaling.Otel.sln";

    public static string Root { get; } = Find();

    public static string PathOf(string name) => Path.Combine(Root, name);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not around the tests.");
        }

        return folder.FullName;
    }
}
