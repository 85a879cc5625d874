namespace FastScaling.Lab.Commands;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing found.</summary>
    public const int Clean = 0;

    /// <summary>Done; there are findings.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage, a file that cannot be read, or something that cannot be reached.</summary>
    public const int Failure = 2;
}
