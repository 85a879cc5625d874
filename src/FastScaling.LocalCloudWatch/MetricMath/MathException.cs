using System.Diagnostics.CodeAnalysis;

namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>What is wrong with an expression, and where.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "An error without its position helps nobody.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the server: the validator turns it into CloudWatch's error.")]
internal sealed class MathException : Exception
{
    public MathException(int position, string message)
        : base(message)
    {
        Position = position;
    }

    /// <summary>Of the first character it is about, counted from 1.</summary>
    public int Position { get; }
}
