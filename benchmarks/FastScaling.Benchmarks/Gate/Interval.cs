using System.Runtime.InteropServices;

namespace FastScaling.Benchmarks.Gate;

/// <summary>A 95 % interval; of an exact value both ends are that value.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Interval(double Low, double High);
