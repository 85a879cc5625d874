namespace FastScaling.Lab.Traffic;

/// <summary>A traffic file that cannot be read. Line and column count from 1.</summary>
internal sealed class TrafficException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
