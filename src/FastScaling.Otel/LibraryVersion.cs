using System.Reflection;

namespace FastScaling.Otel;

/// <summary>The version of a library of ours, as its package has it.</summary>
internal static class LibraryVersion
{
    /// <returns>For example <c>0.1.0</c>, without the commit behind a <c>+</c>; <c>unknown</c> when a tool has taken it out.</returns>
    public static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
