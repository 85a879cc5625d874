using System.Globalization;
using System.Runtime.CompilerServices;
using CsCheck;

namespace FastScaling.PropertyTests;

/// <summary>
/// How many inputs the property tests try: their own number times FASTSCALING_TEST_DEPTH. The default is 1; at night 100 and more look for
/// what CI cannot, and less than 1 serves where tests are run very often.
/// </summary>
internal static class Depth
{
    public const string Variable = "FASTSCALING_TEST_DEPTH";

    private static readonly double Factor = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The number of inputs for a test that tries so many in CI; 1 at least.</summary>
    public static long Of(long iterations) => Math.Max(1, (long)Math.Round(iterations * Factor));

    // Tests that name no number have that of CsCheck.
    [ModuleInitializer]
    internal static void Deepen() => Check.Iter = Of(Check.Iter);

    private static double Read(string? text) => string.IsNullOrWhiteSpace(text)
        ? 1
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1e6
            ? factor
            : throw new ArgumentException($"{Variable}: '{text}' is not allowed; allowed is more than 0, up to 1,000,000.");
}
