namespace FastScaling.Lab.Commands;

/// <summary>Options that are given as <c>Name=Value</c>, several times.</summary>
internal static class NamedValues
{
    /// <param name="texts">What was given; of a name that is given twice the last value counts.</param>
    /// <param name="what">What each is, with what it must look like, for the error.</param>
    /// <param name="names">How names compare; null for without regard to case.</param>
    /// <exception cref="CommandException">One is no Name=Value.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> texts, string what, StringComparer? names = null)
    {
        var values = new Dictionary<string, string>(names ?? StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new CommandException($"{what}, and is '{text}'.");
            }

            values[text[..at]] = text[(at + 1)..];
        }

        return values;
    }
}
