namespace FastScaling.Lab.Commands;

/// <summary>Reads and writes files, with errors for a person.</summary>
internal static class Files
{
    private const long MaxBytes = 256L << 20;

    public static string Read(string path) => Try(path, "read", () =>
    {
        var length = new FileInfo(path).Length;
        return length <= MaxBytes ? File.ReadAllText(path) : throw new IOException($"it has {length} bytes");
    });

    public static void Write(string path, Action<TextWriter> write) => Try(path, "written", () =>
    {
        using var writer = new StreamWriter(path);
        write(writer);
        return true;
    });

    private static T Try<T>(string path, string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path} cannot be {verb}: {exception.Message}");
        }
    }
}
