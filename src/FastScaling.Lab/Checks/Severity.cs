namespace FastScaling.Lab.Checks;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>Worth knowing; does not fail a check.</summary>
    Info,

    /// <summary>Works, but not as a fast and steady scaling should.</summary>
    Warning,

    /// <summary>Fails silently in production.</summary>
    Error,
}
