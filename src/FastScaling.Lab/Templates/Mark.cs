namespace FastScaling.Lab.Templates;

/// <summary>A place in a file. Line and column count from 1.</summary>
internal readonly record struct Mark(int Line, int Column) : IComparable<Mark>
{
    public static bool operator <(Mark left, Mark right) => left.CompareTo(right) < 0;

    public static bool operator <=(Mark left, Mark right) => left.CompareTo(right) <= 0;

    public static bool operator >(Mark left, Mark right) => left.CompareTo(right) > 0;

    public static bool operator >=(Mark left, Mark right) => left.CompareTo(right) >= 0;

    public int CompareTo(Mark other) => (Line, Column).CompareTo((other.Line, other.Column));

    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}");
}
